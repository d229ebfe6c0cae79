// What was said anywhere about these words?
import { SearchX, Search as SearchIcon } from "lucide-react";
import { useDeferredValue, useState } from "react";
import type { SearchHit } from "../../backend/bindings";
import { useSearch } from "../../backend/queries/search";
import { useText } from "../../i18n/text";
import { useTimes } from "../../i18n/times";
import { EmptyState } from "../../kit/EmptyState/EmptyState";
import { ErrorNote } from "../../kit/ErrorNote/ErrorNote";
import { OptionList } from "../../kit/OptionList/OptionList";
import { SearchInput } from "../../kit/SearchInput/SearchInput";
import { Skeleton } from "../../kit/Skeleton/Skeleton";
import { pieces } from "../../lib/marks";
import { useNow } from "../../lib/time";
import styles from "./SearchPane.module.css";

/** Search over everything this person may read, newest first. */
export function SearchPane({ onOpen }: { onOpen: (thread: string, seq: number) => void }) {
  const text = useText();
  const times = useTimes();
  const now = useNow();
  const [query, setQuery] = useState("");
  const [chosen, setChosen] = useState<string | null>(null);
  const asked = useDeferredValue(query.trim());
  const search = useSearch(asked, null);
  const hits = asked === "" ? [] : (search.data?.pages.flatMap((page) => page.hits) ?? []);
  const open = (entry: string): void => {
    const hit = hits.find((one) => one.entry === entry);
    if (hit === undefined) return;
    setChosen(entry);
    onOpen(hit.thread, hit.seq);
  };
  const options = hits.map((hit) => ({ id: hit.entry, content: <Hit hit={hit} when={times.ago(hit.at, now)} full={times.full(hit.at)} /> }));
  const nothing = asked !== "" && search.isSuccess && !search.isPlaceholderData && hits.length === 0;
  return (
    <section className={styles.pane} aria-labelledby="search-title" data-pane="list">
      <header className={styles.header}>
        <h2 id="search-title">{text("rail.search")}</h2>
        <SearchInput label={text("search.label")} placeholder={text("search.label")} value={query} onChange={setQuery} autoFocus
          onKeyDown={(event) => { if (event.key === "Enter" && hits[0] !== undefined) open(hits[0].entry); }} />
        <p role="status" className={styles.count}>{asked === "" || !search.isSuccess ? "" : text(search.hasNextPage ? "search.count_more" : "search.count", { n: hits.length })}</p>
      </header>
      {asked === "" ? <EmptyState icon={<SearchIcon />} title={text("search.start_title")} body={text("search.start")} /> : null}
      {asked !== "" && search.isPending ? <Skeleton label={text("search.loading")} rows={5} shape="row" /> : null}
      {search.isError && hits.length === 0 ? <ErrorNote pane reason={search.error} onRetry={() => void search.refetch()} /> : null}
      {nothing ? <EmptyState icon={<SearchX />} title={text("search.none_title")} body={text("search.none")} role="status" /> : null}
      {hits.length > 0 ? <OptionList label={text("search.results")} options={options} selected={chosen} onSelect={open} onEnd={() => { if (search.hasNextPage && !search.isFetchingNextPage) void search.fetchNextPage(); }} estimate={84} testId="search-hit" /> : null}
    </section>
  );
}

function Hit({ hit, when, full }: { hit: SearchHit; when: string; full: string }) {
  return (
    <div className={styles.hit}>
      <div className={styles.first}><span className={styles.title}><bdi>{hit.title}</bdi></span><time dateTime={new Date(hit.at).toISOString()} title={full}>{when}</time></div>
      <p className={styles.snippet} dir="auto"><bdi className={styles.author}>{hit.author_name}</bdi> {pieces(hit.snippet, hit.marks).map((piece) => (piece.marked ? <mark key={piece.start}>{piece.text}</mark> : <span key={piece.start}>{piece.text}</span>))}</p>
    </div>
  );
}
