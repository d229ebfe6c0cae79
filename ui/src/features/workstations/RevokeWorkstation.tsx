// How is a machine taken out of service, or a token taken back?
import type { WorkstationEntry } from "../../backend/bindings";
import { useBackend } from "../../backend/context";
import { useCall } from "../../backend/queries/call";
import { useStaffChanged } from "../../backend/queries/staff";
import { useText } from "../../i18n/text";
import { announce } from "../../kit/Announcer/announce";
import { TypedConfirm } from "../../kit/TypedConfirm/TypedConfirm";

/** The question, with what follows from it; for this very machine it says so. */
export function RevokeWorkstation({ entry, onClose }: { entry: WorkstationEntry; onClose: () => void }) {
  const text = useText();
  const backend = useBackend();
  const changed = useStaffChanged();
  const waiting = entry.state === "waiting";
  const revoke = useCall(async () => { await backend.revokeWorkstation(entry.id); await changed(); }, () => {
    announce(text("fleet.revoked_said", { name: entry.name }));
    onClose();
  });
  return (
    <TypedConfirm title={text(waiting ? "fleet.withdraw_title" : "fleet.revoke_title", { name: entry.name })} body={text(waiting ? "fleet.withdraw_body" : entry.here ? "fleet.revoke_here" : "fleet.revoke_body")} word={entry.name}
      action={text(waiting ? "people.withdraw" : "fleet.revoke")} busy={revoke.busy} reason={revoke.reason} onConfirm={() => revoke.go()} onClose={onClose} />
  );
}
