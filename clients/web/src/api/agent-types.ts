/** Everything of agent.ts but `CallClient`, which the package exports together with its constructor. */
export {
  CallAgentKind,
  type CallAgent,
  type CallAgentCommon,
  type CallAgentEvents,
  type CallAgentOptions,
  type CallClientOptions,
  type ConnectionState,
  type ConnectionStateChanged,
  type TeamsCallAgent,
  type TeamsCallAgentEvents,
  type TeamsCallAgentOptions,
} from "./agent.js";
