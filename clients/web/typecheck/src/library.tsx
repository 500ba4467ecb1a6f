import {
  CallComposite,
  CallWithChatComposite,
  createAzureCommunicationCallAdapter,
  createStatefulCallClient,
  type CallAdapter,
  type StatefulCallClient,
} from "@azure/communication-react";
import { CallClient, Features, LocalVideoStream, VideoStreamRenderer } from "@azure/communication-calling";
import { BackgroundBlurEffect } from "@azure/communication-calling-effects";

/** The library's own declarations are what is checked; this uses them as an application does. */
export const used = [CallComposite, CallWithChatComposite, createAzureCommunicationCallAdapter, BackgroundBlurEffect];

export function adapters(client: StatefulCallClient, adapter: CallAdapter): unknown[] {
  const ours: CallClient = new CallClient({ diagnostics: { tags: ["typecheck"] } });
  const debugInfo = ours.feature(Features.DebugInfo);
  return [client, adapter, debugInfo, createStatefulCallClient, LocalVideoStream, VideoStreamRenderer];
}
