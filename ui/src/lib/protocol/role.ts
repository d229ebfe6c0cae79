// Who may do what: the table of roles and permissions as this second reader knows it. The vectors compare it with the Rust side's.

/** What somebody may do, in the order in which a grant lists it. */
export const PERMISSIONS = ["clinical", "scheduling", "billing", "staff", "people", "workstations", "review", "export"] as const;

/** One thing that somebody may do. */
export type Permission = (typeof PERMISSIONS)[number];

/** Every role, with what it may do; of a custom one the grant's own list says it. */
export const ROLES = {
  physician: ["clinical", "scheduling", "staff", "export"],
  nurse: ["clinical", "scheduling", "staff", "export"],
  front_desk: ["scheduling", "staff"],
  billing: ["billing", "staff"],
  it_admin: ["people", "workstations"],
  privacy_officer: ["review"],
  custom: [],
} as const satisfies Record<string, readonly Permission[]>;

/** A role's word. */
export type Role = keyof typeof ROLES;

/** A grant's role and its list. */
export type Granted = { readonly role: Role; readonly permissions: readonly Permission[] };

/** What a grant gives. */
export function permissionsOf(grant: Granted): readonly Permission[] {
  return grant.role === "custom" ? grant.permissions : ROLES[grant.role];
}

/** Whether the list is spelled in the one way: only a custom role has one, in order and without repeats. */
export function isWellFormed(grant: Granted): boolean {
  if (grant.role !== "custom" && grant.permissions.length > 0) return false;
  const places = grant.permissions.map((one) => PERMISSIONS.indexOf(one));
  return places.every((place, index) => index === 0 || place > (places[index - 1] ?? place));
}

/** Whether it would give one person both administration and threads. */
export function isMixed(grant: Granted): boolean {
  const given = permissionsOf(grant);
  const administers = given.includes("people") || given.includes("workstations");
  return administers && given.some((one) => one === "clinical" || one === "scheduling" || one === "billing" || one === "staff");
}
