import type { CallEndReason } from "../api/call.js";
import { CommunicationServicesError, messageOf } from "../base/errors.js";
import type { WireReason } from "../signalling/wire.js";

export function endReason(code: number, subCode: number, message = ""): CallEndReason {
  return { code, subCode, message, resultCategories: [code === 0 ? "Success" : "ExpectedError"] };
}

export function endReasonOf(wire: WireReason): CallEndReason {
  return endReason(wire.code, wire.subCode, wire.message);
}

/** Why a call ended that could not begin. */
export function endReasonOfError(error: unknown): CallEndReason {
  if (error instanceof CommunicationServicesError) return endReason(error.code, error.subCode, error.message);
  return endReason(500, 0, messageOf(error));
}

/** This client hung up; also what a call shows that ended without the service saying why. */
export const HUNG_UP = endReason(0, 0, "hung up");

/** The connection was lost for longer than the service keeps a place (§9). */
export const DID_NOT_COME_BACK = endReason(408, 10057, "the connection was lost for too long");
