// Who belongs to the clinic, who is invited, who is out, and who comes in next?
import { Clock, FileSpreadsheet, IdCard, ShieldQuestion, UserPlus, UsersRound, UserX } from "lucide-react";
import { useMemo, useState } from "react";
import type { Permissions, PersonView } from "../../backend/bindings";
import { usePeople } from "../../backend/queries/staff";
import { useText } from "../../i18n/text";
import { useTimes } from "../../i18n/times";
import { Avatar } from "../../kit/Avatar/Avatar";
import { Badge } from "../../kit/Badge/Badge";
import { Button } from "../../kit/Button/Button";
import { EmptyState } from "../../kit/EmptyState/EmptyState";
import { ErrorNote } from "../../kit/ErrorNote/ErrorNote";
import { SearchInput } from "../../kit/SearchInput/SearchInput";
import { Skeleton } from "../../kit/Skeleton/Skeleton";
import { StaffList, StaffRow, StaffTools } from "../../kit/StaffList/StaffList";
import { useNow } from "../../lib/time";
import { ChangeRole } from "./ChangeRole";
import { GrantAdmin } from "./GrantAdmin";
import { ImportDialog } from "./ImportDialog";
import { InviteAgain } from "./InviteAgain";
import { InviteDialog } from "./InviteDialog";
import { PersonSignIns } from "./PersonSignIns";
import { RevokePerson } from "./RevokePerson";

type Opened = null | { kind: "invite" } | { kind: "import" } | { kind: Act; person: PersonView };
type Act = "role" | "again" | "sign_ins" | "revoke" | "grant";

const ORDER = { invited: 0, active: 1, revoked: 2 } as const;

/** The people's half of the administrator's place. */
export function People({ organisation, permissions }: { organisation: string; permissions: Permissions }) {
  const readOnly = !permissions.people;
  const text = useText();
  const people = usePeople();
  const [query, setQuery] = useState("");
  const [opened, setOpened] = useState<Opened>(null);
  const words = query.trim().toLowerCase();
  const found = useMemo(() => (people.data ?? []).filter((one) => `${one.name} ${one.title} ${one.login ?? ""}`.toLowerCase().includes(words))
    .toSorted((a, b) => ORDER[a.state] - ORDER[b.state] || a.name.localeCompare(b.name)), [people.data, words]);
  const close = (): void => setOpened(null);
  const invite = <Button label={text("people.invite")} variant="primary" icon={<UserPlus aria-hidden="true" />} onPress={() => setOpened({ kind: "invite" })} testId="invite-open" />;
  return (
    <>
      <StaffTools search={<SearchInput label={text("people.find")} placeholder={text("people.find")} value={query} onChange={setQuery} />}>
        {readOnly ? null : <Button label={text("people.import")} icon={<FileSpreadsheet aria-hidden="true" />} onPress={() => setOpened({ kind: "import" })} testId="import-open" />}
        {readOnly ? null : invite}
      </StaffTools>
      {people.isPending ? <Skeleton label={text("people.loading")} rows={6} shape="message" /> : null}
      {people.isError && people.data === undefined ? <ErrorNote pane reason={people.error} onRetry={() => void people.refetch()} /> : null}
      {people.data !== undefined && people.data.length === 0 ? <EmptyState icon={<UsersRound />} title={text("people.empty")} body={text("people.empty_body")} action={readOnly ? undefined : invite} /> : null}
      {people.data !== undefined && people.data.length > 0 && found.length === 0 ? <EmptyState icon={<UsersRound />} title={text("directory.none")} body={text("directory.none_body")} role="status" /> : null}
      {found.length > 0 ? <StaffList label={text("people.list")} still={readOnly && !found.some((one) => one.admin === "asked")}>{found.map((one) => <Row key={one.account} person={one} readOnly={readOnly} mayGrant={permissions.root_sheets && !(one.me && readOnly)} onAct={(kind) => setOpened({ kind, person: one })} />)}</StaffList> : null}
      {opened?.kind === "invite" ? <InviteDialog organisation={organisation} onClose={close} /> : null}
      {opened?.kind === "import" ? <ImportDialog organisation={organisation} onClose={close} /> : null}
      {opened?.kind === "role" ? <ChangeRole person={opened.person} onClose={close} /> : null}
      {opened?.kind === "sign_ins" ? <PersonSignIns person={opened.person} onClose={close} /> : null}
      {opened?.kind === "again" ? <InviteAgain person={opened.person} organisation={organisation} onClose={close} /> : null}
      {opened?.kind === "grant" ? <GrantAdmin person={opened.person} byRoot={permissions.root_key && permissions.people && !opened.person.me} onClose={close} /> : null}
      {opened?.kind === "revoke" ? <RevokePerson person={opened.person} onClose={close} /> : null}
    </>
  );
}

function Row({ person, readOnly, mayGrant, onAct }: { person: PersonView; readOnly: boolean; mayGrant: boolean; onAct: (kind: Act) => void }) {
  const text = useText();
  const times = useTimes();
  const now = useNow();
  const late = person.expires_at !== null && person.expires_at <= now;
  const listed = person.role === "custom" ? person.permissions.map((one) => text(`permission.${one}`)).join(", ") : "";
  const facts = <>
    <span><bdi>{person.login ?? text("people.no_login")}</bdi></span>
    {listed === "" ? null : <span>{listed}</span>}
    {person.expires_at === null ? null : <span>{text(late ? "people.expired" : "people.expires", { date: times.date(person.expires_at) })}</span>}
  </>;
  const badges = <>
    <Badge tone={person.role === null ? "bad" : "neutral"} icon={<IdCard aria-hidden="true" />}>{text(person.role === null ? "role.none" : `role.${person.role}`)}</Badge>
    {person.state === "invited" ? <Badge tone={late ? "bad" : "warn"} icon={<Clock aria-hidden="true" />}>{text(late ? "people.state_late" : "people.state_invited")}</Badge> : null}
    {person.state === "active" ? <Badge tone="ok">{text("people.state_active")}</Badge> : null}
    {person.state === "revoked" ? <Badge tone="neutral" icon={<UserX aria-hidden="true" />}>{text("people.state_revoked")}</Badge> : null}
    {person.admin === "asked" ? <Badge tone="warn" icon={<ShieldQuestion aria-hidden="true" />}>{text("grant.asks")}</Badge> : null}
    {person.me ? <Badge tone="neutral">{text("context.you")}</Badge> : null}
  </>;
  const grant = mayGrant && person.admin === "asked" ? <Button label={text("grant.open")} accessibleLabel={text("grant.open_of", { name: person.name })} variant="quiet" onPress={() => onAct("grant")} /> : null;
  const still = readOnly || person.me || person.state === "revoked";
  const action = <>
    {grant}
    {person.state === "invited" ? null : <Button label={text("sign_ins.show")} accessibleLabel={text("sign_ins.show_of", { name: person.name })} variant="quiet" onPress={() => onAct("sign_ins")} />}
    {still ? null : <Button label={text("role.label")} accessibleLabel={text("role.change_of", { name: person.name })} variant="quiet" onPress={() => onAct("role")} />}
    {still || person.state !== "active" || person.login === null ? null : <Button label={text("again.open")} accessibleLabel={text("again.open_of", { name: person.name })} variant="quiet" onPress={() => onAct("again")} />}
    {still ? null : <Button label={text(person.state === "invited" ? "people.withdraw" : "people.revoke")} accessibleLabel={text(person.state === "invited" ? "people.withdraw_of" : "people.revoke_of", { name: person.name })} variant="quiet" onPress={() => onAct("revoke")} />}
  </>;
  return <StaffRow testId="person-row" faded={person.state === "revoked"} sign={<Avatar initials={person.initials} tone={person.me ? "me" : "person"} />} name={person.name} detail={person.title} facts={facts} badges={badges} action={action} />;
}
