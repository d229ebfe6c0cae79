// What happens when a command is given, and what does not? Said before anybody gives it.
import { Check, Minus, TriangleAlert, UsersRound } from "lucide-react";
import type { WorkstationEntry } from "../../backend/bindings";
import { useRules } from "../../backend/queries/fleet";
import { useText } from "../../i18n/text";
import { Strip } from "../../kit/Strip/Strip";
import { SENTENCES, type Deed } from "./deeds";
import styles from "./Workstations.module.css";

const NAMED = 6;

/** The machines by name, the two lists, and whether somebody else must agree. */
export function CommandEffects({ deed, machines }: { deed: Deed; machines: readonly WorkstationEntry[] }) {
  const text = useText();
  const { does, not } = SENTENCES[deed];
  const wipe = deed === "wipe" || deed === "wipe_person";
  const only = machines.length === 1 ? machines[0] : undefined;
  return (
    <>
      {only === undefined ? (
        <p className={styles.names}>{machines.slice(0, NAMED).map((one) => <bdi key={one.id}>{one.name}</bdi>)}{machines.length > NAMED ? <span>{text("command.more", { n: machines.length - NAMED })}</span> : null}</p>
      ) : null}
      {machines.some((one) => one.here) && deed !== "report" ? <Strip tone="warn" role="note" icon={<TriangleAlert aria-hidden="true" />}>{text(only === undefined ? "command.here_many" : "command.here")}</Strip> : null}
      <div className={styles.effects}>
        <section>
          <h3>{text("command.does")}</h3>
          <ul>{does.map((one) => <li key={one}><Check aria-hidden="true" />{text(one)}</li>)}</ul>
        </section>
        <section>
          <h3>{text("command.does_not")}</h3>
          <ul>{not.map((one) => <li key={one}><Minus aria-hidden="true" />{text(one)}</li>)}</ul>
        </section>
      </div>
      {wipe ? only === undefined ? <TwoNote many /> : <TwoOf workstation={only.id} /> : null}
    </>
  );
}

function TwoOf({ workstation }: { workstation: string }) {
  const rules = useRules(workstation).data;
  return rules?.some((one) => one.setting === "two_person_wipe" && one.value === true) === true ? <TwoNote /> : null;
}

function TwoNote({ many = false }: { many?: boolean }) {
  const text = useText();
  return <Strip tone="calm" role="note" icon={<UsersRound aria-hidden="true" />}>{text(many ? "command.two_person_many" : "command.two_person")}</Strip>;
}
