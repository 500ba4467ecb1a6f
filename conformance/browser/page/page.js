// Runs in the browser: the unmodified chat client, and what it told the application.
import { ChatClient } from "@azure/communication-chat";
import { AzureCommunicationTokenCredential } from "@azure/communication-common";

const EVENTS = [
  "chatMessageReceived",
  "chatMessageEdited",
  "chatMessageDeleted",
  "typingIndicatorReceived",
  "readReceiptReceived",
  "chatThreadCreated",
  "chatThreadPropertiesUpdated",
  "chatThreadDeleted",
  "participantsAdded",
  "participantsRemoved",
];

window.told = [];
window.connections = [];

window.startChat = async (endpoint, token) => {
  const client = new ChatClient(endpoint, new AzureCommunicationTokenCredential(token));
  window.client = client;
  await client.startRealtimeNotifications();
  for (const name of EVENTS) {
    client.on(name, (event) => window.told.push({ name, event: JSON.parse(JSON.stringify(event)) }));
  }
  client.on("realTimeNotificationConnected", () => window.connections.push("connected"));
  client.on("realTimeNotificationDisconnected", () => window.connections.push("disconnected"));
};

window.toldOf = (name) => window.told.filter((one) => one.name === name).map((one) => one.event);
