// What is one command, how far has it come, and may the person here agree to it?
import { useState } from "react";
import type { CommandView } from "../../backend/bindings";
import { useBackend } from "../../backend/context";
import { useCall } from "../../backend/queries/call";
import { useFleetChanged } from "../../backend/queries/fleet";
import { useText } from "../../i18n/text";
import { announce } from "../../kit/Announcer/announce";
import { classes } from "../../kit/classes";
import { Badge } from "../../kit/Badge/Badge";
import { Button } from "../../kit/Button/Button";
import { TypedConfirm } from "../../kit/TypedConfirm/TypedConfirm";
import { CommandReport } from "./CommandReport";
import { CommandTimeline } from "./CommandTimeline";
import { calledOf, standOf } from "./deeds";
import styles from "./Command.module.css";

type Props = { command: CommandView; readOnly: boolean; /** The machine's name as heading, where it is not known from around. */ named?: boolean; level?: "h2" | "h4" };

/** The command with its timeline; Approve where it waits and somebody else gave it. */
export function CommandCard({ command, readOnly, named = false, level: Heading = "h4" }: Props) {
  const text = useText();
  const [asks, setAsks] = useState(false);
  const { says, tone } = standOf(command);
  const called = calledOf(text, command);
  return (
    <article className={classes(styles.card, named && styles.named)} data-testid="command-card">
      <header className={styles.cardHead}>
        <Heading>{named ? <><bdi>{command.workstation_name}</bdi>{": "}</> : null}{called}</Heading>
        <Badge tone={tone}>{text(says)}</Badge>
      </header>
      <CommandTimeline command={command} />
      {command.report === null ? null : <CommandReport report={command.report} />}
      {command.state === "requested" && !command.mine && !readOnly
        ? <Button label={text("command.approve")} accessibleLabel={text("command.approve_of", { text: called, name: command.workstation_name })} variant="danger" onPress={() => setAsks(true)} testId="approve" />
        : null}
      {asks ? <Approve command={command} called={called} onClose={() => setAsks(false)} /> : null}
    </article>
  );
}

function Approve({ command, called, onClose }: { command: CommandView; called: string; onClose: () => void }) {
  const text = useText();
  const backend = useBackend();
  const changed = useFleetChanged();
  const name = command.workstation_name;
  const approve = useCall(async () => { await backend.approveCommand(command.command); await changed(); }, () => {
    announce(text("command.approved_said", { text: called, name }));
    onClose();
  }, changed);
  return <TypedConfirm title={text("command.approve_title", { text: called, name })} body={text("command.approve_body", { filter: command.issued_by ?? text("command.root") })} word={name} action={text("command.approve")} busy={approve.busy} reason={approve.reason} onConfirm={() => approve.go()} onClose={onClose} />;
}
