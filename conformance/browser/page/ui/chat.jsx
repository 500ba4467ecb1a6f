// An application of the UI library: ChatComposite, and the list of people beside it.
import { AzureCommunicationTokenCredential } from "@azure/communication-common";
import {
  ChatClientProvider,
  ChatComposite,
  ChatThreadClientProvider,
  ParticipantList,
  createAzureCommunicationChatAdapterFromClient,
  createStatefulChatClient,
  usePropsFor,
} from "@azure/communication-react";
import { createRoot } from "react-dom/client";

const TOLD = ["messageReceived", "messageSent", "messageEdited", "messageDeleted", "messageRead"];

/** What the composite's adapter told the application: its name, and the ids of the messages. */
window.told = [];

const People = () => <ParticipantList {...usePropsFor(ParticipantList)} />;

/** Shows the thread to one of its members. */
window.showChat = async ({ endpoint, token, userId, displayName, threadId }) => {
  const client = createStatefulChatClient({
    endpoint,
    displayName,
    userId: { communicationUserId: userId },
    credential: new AzureCommunicationTokenCredential(token),
  });
  const thread = client.getChatThreadClient(threadId);
  await client.startRealtimeNotifications();
  const adapter = await createAzureCommunicationChatAdapterFromClient(client, thread);
  for (const name of TOLD) {
    adapter.on(name, ({ message }) => window.told.push({ name, id: message.id }));
  }
  adapter.on("error", (problem) => window.told.push({ name: "error", id: `${problem.target}` }));
  window.chat = { adapter, thread };
  createRoot(document.getElementById("app")).render(
    <div style={{ display: "flex", height: "100%" }}>
      <main style={{ flex: 1 }}>
        <ChatComposite adapter={adapter} />
      </main>
      <aside style={{ width: "16rem", padding: "1rem", borderLeft: "1px solid #ddd" }}>
        <ChatClientProvider chatClient={client}>
          <ChatThreadClientProvider chatThreadClient={thread}>
            <People />
          </ChatThreadClientProvider>
        </ChatClientProvider>
      </aside>
    </div>,
  );
};
