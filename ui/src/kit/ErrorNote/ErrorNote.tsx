// How does a failed call appear: what happened, and what to do next?
import { TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { errorView } from "../../backend/errors";
import { sayError } from "../../i18n/errors";
import type { ErrorCode } from "../../backend/bindings";
import { useText, type MessageId } from "../../i18n/text";
import { EmptyState } from "../EmptyState/EmptyState";
import { Button } from "../Button/Button";
import styles from "./ErrorNote.module.css";

type Props = {
  /** What the call rejected with; never shown raw. */
  reason: unknown;
  onRetry?: () => void;
  /** What it happened to, where that is one of several. */
  about?: string;
  /** Fills a pane instead of standing in a form. */
  pane?: boolean;
  action?: ReactNode;
  /** What a code means here, where that is more than it says elsewhere. */
  sentences?: Partial<Record<ErrorCode, { says: MessageId; next: MessageId }>>;
};

/** A failed call in the person's words. */
export function ErrorNote({ reason, onRetry, about, pane = false, action, sentences = {} }: Props) {
  const text = useText();
  const error = errorView(reason);
  const here = sentences[error.code];
  const { says, next } = here === undefined ? sayError(text, error) : { says: text(here.says), next: text(here.next) };
  const retry = onRetry === undefined ? action : <Button label={text("action.retry")} onPress={onRetry} />;
  if (pane) return <EmptyState tone="bad" role="alert" icon={<TriangleAlert />} title={says} body={next} action={retry} />;
  return (
    <div role="alert" className={styles.note}>
      <TriangleAlert aria-hidden="true" />
      <div className={styles.words}>{about === undefined ? null : <bdi className={styles.about}>{about}</bdi>}<strong>{says}</strong><span>{next}</span></div>
      {retry}
    </div>
  );
}
