// What became of a row, in words?
import { CircleAlert, CircleCheck } from "lucide-react";
import type { ImportOutcome } from "../../backend/bindings";
import { ERROR_SENTENCES } from "../../i18n/errors";
import { useText } from "../../i18n/text";
import { Badge } from "../../kit/Badge/Badge";

/** A sign, and the reason where there is one. */
export function Outcome({ outcome }: { outcome: ImportOutcome }) {
  const text = useText();
  switch (outcome.kind) {
    case "ready": return <span><Badge tone="ok" icon={<CircleCheck aria-hidden="true" />}>{text("import.ready")}</Badge></span>;
    case "invited": return <span><Badge tone="ok" icon={<CircleCheck aria-hidden="true" />}>{text("import.invited")}</Badge></span>;
    case "refused": return <span><Badge tone="bad" icon={<CircleAlert aria-hidden="true" />}>{text(`import.row_${outcome.reason}`)}</Badge></span>;
    case "failed": return <span><Badge tone="bad" icon={<CircleAlert aria-hidden="true" />}>{text(ERROR_SENTENCES[outcome.code].says)}</Badge></span>;
    default: {
      const never: never = outcome;
      return never;
    }
  }
}
