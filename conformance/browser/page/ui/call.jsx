// An application of the UI library: CallComposite, or CallWithChatComposite when there is a thread.
import { AzureCommunicationTokenCredential } from "@azure/communication-common";
import {
  CallComposite,
  CallWithChatComposite,
  createAzureCommunicationCallAdapter,
  createAzureCommunicationCallWithChatAdapter,
} from "@azure/communication-react";
import { createRoot } from "react-dom/client";

const REACTIONS = ["like", "heart", "laugh", "applause", "surprised"];

/** The library shows reactions with pictures of the application; these have one frame. */
const reactionResources = Object.fromEntries(
  REACTIONS.map((name) => [`${name}Reaction`, { url: `/reaction/${name}.svg`, frameCount: 1 }]),
);

const OPTIONS = {
  callControls: { endCallButton: { hangUpForEveryone: "endCallOptions" } },
  surveyOptions: { disableSurvey: true },
};

/**
 * Shows the page before a call.
 *
 * @param locator `{ groupId }` or `{ roomId }`; absent in a call to somebody
 * @param callees raw ids of who is called, in place of a locator
 * @param threadId the chat beside the call, if any
 */
window.showCall = async ({ endpoint, token, userId, displayName, locator, callees, threadId }) => {
  const common = {
    userId: { communicationUserId: userId },
    displayName,
    credential: new AzureCommunicationTokenCredential(token),
  };
  const adapter = threadId
    ? await createAzureCommunicationCallWithChatAdapter({
        ...common,
        endpoint,
        locator: { callLocator: locator, chatThreadId: threadId },
        callAdapterOptions: { reactionResources },
      })
    : await createAzureCommunicationCallAdapter({
        ...common,
        ...(callees
          ? { targetCallees: callees.map((id) => ({ communicationUserId: id })) }
          : { locator }),
        options: { reactionResources },
      });
  const Composite = threadId ? CallWithChatComposite : CallComposite;
  createRoot(document.getElementById("app")).render(
    <Composite adapter={adapter} formFactor="desktop" options={OPTIONS} />,
  );
};
