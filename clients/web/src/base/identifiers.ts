import type {
  CommunicationIdentifier,
  CommunicationIdentifierKind,
  MicrosoftTeamsUserKind,
} from "@azure/communication-common";

type Cloud = NonNullable<MicrosoftTeamsUserKind["cloud"]>;

/** How raw ids of Teams users and apps begin, for each cloud; the table of @azure/communication-common 2.5. */
const TEAMS_USERS: ReadonlyArray<readonly [string, Cloud]> = [
  ["8:orgid:", "public"],
  ["8:dod:", "dod"],
  ["8:gcch:", "gcch"],
];
const TEAMS_APPS: ReadonlyArray<readonly [string, Cloud]> = [
  ["28:orgid:", "public"],
  ["28:dod:", "dod"],
  ["28:gcch:", "gcch"],
];
const TEAMS_VISITOR = "8:teamsvisitor:";
const PHONE_NUMBER = "4:";
const USERS = ["8:acs:", "8:spool:", "8:dod-acs:", "8:gcch-acs:"];

/** The identifier that a raw id of the wire stands for. */
export function identifierOf(rawId: string): CommunicationIdentifierKind {
  if (USERS.some((prefix) => rawId.startsWith(prefix))) {
    return { kind: "communicationUser", communicationUserId: rawId };
  }
  if (rawId.startsWith(PHONE_NUMBER)) {
    return { kind: "phoneNumber", phoneNumber: rawId.slice(PHONE_NUMBER.length), rawId };
  }
  if (rawId.startsWith(TEAMS_VISITOR)) {
    const microsoftTeamsUserId = rawId.slice(TEAMS_VISITOR.length);
    return { kind: "microsoftTeamsUser", microsoftTeamsUserId, isAnonymous: true, rawId };
  }
  for (const [prefix, cloud] of TEAMS_USERS) {
    if (rawId.startsWith(prefix)) {
      const microsoftTeamsUserId = rawId.slice(prefix.length);
      return { kind: "microsoftTeamsUser", microsoftTeamsUserId, isAnonymous: false, cloud, rawId };
    }
  }
  for (const [prefix, cloud] of TEAMS_APPS) {
    if (rawId.startsWith(prefix)) {
      return { kind: "microsoftTeamsApp", teamsAppId: rawId.slice(prefix.length), cloud, rawId };
    }
  }
  return { kind: "unknown", id: rawId };
}

/** The raw id that stands on the wire for an identifier, with or without `kind`. */
export function rawIdOf(identifier: CommunicationIdentifier): string {
  if ("communicationUserId" in identifier) return identifier.communicationUserId;
  if ("id" in identifier) return identifier.id;
  if (identifier.rawId) return identifier.rawId;
  if ("phoneNumber" in identifier) return PHONE_NUMBER + identifier.phoneNumber;
  if ("teamsAppId" in identifier) return prefixOf(TEAMS_APPS, identifier.cloud) + identifier.teamsAppId;
  if ("microsoftTeamsUserId" in identifier) {
    const prefix = identifier.isAnonymous ? TEAMS_VISITOR : prefixOf(TEAMS_USERS, identifier.cloud);
    return prefix + identifier.microsoftTeamsUserId;
  }
  return `8:acs:${identifier.resourceId}_${identifier.tenantId}_${identifier.userId}`;
}

function prefixOf(prefixes: ReadonlyArray<readonly [string, Cloud]>, cloud: Cloud = "public"): string {
  return prefixes.find(([, each]) => each === cloud)?.[0] ?? "";
}
