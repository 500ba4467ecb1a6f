/** Every number of the signalling client; docs/protocols/calling-signalling.md §3 gives those marked so. */
export const SignallingLimits = {
  /** §3: the first wait before a lost socket is opened again; doubled at each failure. */
  backoffFirstMs: 500,
  /** §3. */
  backoffMaxMs: 10_000,
  /** From the first byte to the answer of `hello`. */
  connectMs: 10_000,
  /** How long the first connection is tried before the application is told that it failed. */
  startMs: 20_000,
  /** How long the answer to a ping may take. */
  pongMs: 10_000,
  /** The same when something hints that the network changed. */
  probeMs: 2_000,
  /** How long a request waits for its answer, reconnects included: the server keeps a session for 60 s (§3). */
  requestMs: 60_000,
  /** §2: the server remembers the answers of as many requests. */
  pendingMax: 256,
  /** How long before its end a token is renewed, at most half of its life. */
  tokenRenewalMs: 5 * 60_000,
  /** The shortest wait between two looks at a token that did not change. */
  tokenLookMs: 30_000,
} as const;
