// Which roles and permissions can be chosen? The words only: what a role opens, the core says.
import type { Permission, Role } from "../backend/bindings";

/** Every role, in the order in which they are offered. */
export const ROLES: readonly Role[] = ["physician", "nurse", "front_desk", "billing", "it_admin", "privacy_officer", "custom"];

/** Every permission, in the order in which they are offered. */
export const PERMISSIONS: readonly Permission[] = ["clinical", "scheduling", "billing", "staff", "people", "workstations", "review", "export"];

/** Those that let people or machines in: nobody has one of them together with conversations. */
export const ADMINISTRATION: readonly Permission[] = ["people", "workstations"];
/** Those that open conversations. */
export const CONVERSATIONS: readonly Permission[] = ["clinical", "scheduling", "billing", "staff"];
