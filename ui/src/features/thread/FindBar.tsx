// Where in this thread do these words stand?
import { ChevronDown, ChevronUp, X } from "lucide-react";
import { useDeferredValue, useEffect, useRef, useState } from "react";
import { useSearch } from "../../backend/queries/search";
import { useText } from "../../i18n/text";
import { IconButton } from "../../kit/IconButton/IconButton";
import { SearchInput } from "../../kit/SearchInput/SearchInput";
import styles from "./ThreadPane.module.css";

type Props = { thread: string; onJump: (seq: number) => void; onClose: () => void };

/** Find in thread: newest hit first, Enter for the one before. */
export function FindBar({ thread, onJump, onClose }: Props) {
  const text = useText();
  const [query, setQuery] = useState("");
  const [at, setAt] = useState(0);
  const asked = useDeferredValue(query.trim());
  const search = useSearch(asked, thread);
  const hits = asked === "" ? [] : (search.data?.pages.flatMap((page) => page.hits) ?? []);
  const seq = hits[at]?.seq ?? null;
  const jump = useRef(onJump);
  useEffect(() => {
    jump.current = onJump;
  });
  useEffect(() => {
    if (seq !== null) jump.current(seq);
  }, [seq]);
  const step = (by: number): void => {
    if (hits.length === 0) return;
    if (at + by >= hits.length && search.hasNextPage) void search.fetchNextPage();
    setAt(Math.max(0, Math.min(hits.length - 1, at + by)));
  };
  const found = search.isError ? text("find.error") : text(search.hasNextPage ? "find.count_more" : "find.count", { at: hits.length === 0 ? 0 : at + 1, n: hits.length });
  return (
    <div role="search" className={styles.find}>
      <SearchInput label={text("thread.find")} placeholder={text("thread.find")} value={query} autoFocus onChange={(next) => { setQuery(next); setAt(0); }}
        onKeyDown={(event) => {
          if (event.key === "Escape") onClose();
          else if (event.key === "Enter" || event.key === "ArrowUp") step(event.shiftKey ? -1 : 1);
          else if (event.key === "ArrowDown") step(-1);
          else return;
          event.preventDefault();
          event.stopPropagation();
        }}
        trailing={<span role="status" className={styles.count}>{asked === "" ? null : found}</span>} />
      <IconButton label={text("find.older")} icon={<ChevronUp aria-hidden="true" />} onPress={() => step(1)} disabled={hits.length === 0} />
      <IconButton label={text("find.newer")} icon={<ChevronDown aria-hidden="true" />} onPress={() => step(-1)} disabled={hits.length === 0} />
      <IconButton label={text("find.close")} icon={<X aria-hidden="true" />} onPress={onClose} />
    </div>
  );
}
