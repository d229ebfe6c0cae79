// What was said anywhere about these words?
import { SearchX, Search as SearchIcon, SlidersHorizontal } from "lucide-react";
import { useDeferredValue, useState } from "react";
import type { SearchFilter, SearchHit } from "../../backend/bindings";
import { NO_FILTER, countFilters, isAsked, useSearch } from "../../backend/queries/search";
import { useText } from "../../i18n/text";
import { useTimes } from "../../i18n/times";
import { Chip } from "../../kit/Chip/Chip";
import { EmptyState } from "../../kit/EmptyState/EmptyState";
import { ErrorNote } from "../../kit/ErrorNote/ErrorNote";
import { OptionList } from "../../kit/OptionList/OptionList";
import { Priority } from "../../kit/Priority/Priority";
import { SearchInput } from "../../kit/SearchInput/SearchInput";
import { Skeleton } from "../../kit/Skeleton/Skeleton";
import { pieces } from "../../lib/marks";
import { useNow } from "../../lib/time";
import { SearchFilters } from "./SearchFilters";
import styles from "./SearchPane.module.css";

/** Search over everything this person may read, newest first. */
export function SearchPane({ onOpen }: { onOpen: (thread: string, seq: number) => void }) {
  const text = useText();
  const times = useTimes();
  const now = useNow();
  const [query, setQuery] = useState("");
  const [chosen, setChosen] = useState<string | null>(null);
  const [filter, setFilter] = useState<SearchFilter>(NO_FILTER);
  const [filtering, setFiltering] = useState(false);
  const asked = useDeferredValue(query.trim());
  const kept = useDeferredValue(filter);
  const idle = !isAsked(asked, kept);
  const search = useSearch(asked, null, kept);
  const hits = idle ? [] : (search.data?.pages.flatMap((page) => page.hits) ?? []);
  const open = (entry: string): void => {
    const hit = hits.find((one) => one.entry === entry);
    if (hit === undefined) return;
    setChosen(entry);
    onOpen(hit.thread, hit.seq);
  };
  const options = hits.map((hit) => ({ id: hit.entry, content: <Hit hit={hit} when={times.ago(hit.at, now)} full={times.full(hit.at)} /> }));
  const nothing = !idle && search.isSuccess && !search.isPlaceholderData && hits.length === 0;
  return (
    <section className={styles.pane} aria-labelledby="search-title" data-pane="list">
      <header className={styles.header}>
        <h2 id="search-title">{text("rail.search")}</h2>
        <SearchInput label={text("search.label")} placeholder={text("search.label")} value={query} onChange={setQuery} autoFocus
          onKeyDown={(event) => { if (event.key === "Enter" && hits[0] !== undefined) open(hits[0].entry); }} />
        <div className={styles.chips}><Chip label={text("search.filters")} icon={<SlidersHorizontal aria-hidden="true" />} count={countFilters(filter)} on={filtering} onChange={setFiltering} testId="search-filters" /></div>
        <SearchFilters filter={filter} onChange={setFilter} hidden={!filtering} />
        <p role="status" className={styles.count}>{idle || !search.isSuccess ? "" : text(search.hasNextPage ? "search.count_more" : "search.count", { n: hits.length })}</p>
      </header>
      {!idle && search.data?.pages.at(-1)?.indexing === true ? <p role="note" className={styles.note}>{text("search.indexing")}</p> : null}
      {idle ? <EmptyState icon={<SearchIcon />} title={text("search.start_title")} body={text("search.start")} /> : null}
      {!idle && search.isPending ? <Skeleton label={text("search.loading")} rows={5} shape="row" /> : null}
      {search.isError && hits.length === 0 ? <ErrorNote pane reason={search.error} onRetry={() => void search.refetch()} /> : null}
      {nothing ? <EmptyState icon={<SearchX />} title={text("search.none_title")} body={text("search.none")} role="status" /> : null}
      {hits.length > 0 ? <OptionList label={text("search.results")} options={options} selected={chosen} onSelect={open} onEnd={() => { if (search.hasNextPage && !search.isFetchingNextPage) void search.fetchNextPage(); }} estimate={84} testId="search-hit" /> : null}
    </section>
  );
}

function Hit({ hit, when, full }: { hit: SearchHit; when: string; full: string }) {
  const text = useText();
  return (
    <div className={styles.hit}>
      <div className={styles.first}>{hit.priority === "fyi" ? null : <Priority priority={hit.priority} label={text(`priority.${hit.priority}_short`)} glyph />}<span className={styles.title}><bdi>{hit.title}</bdi></span><time dateTime={new Date(hit.at).toISOString()} title={full}>{when}</time></div>
      <p className={styles.snippet} dir="auto"><bdi className={styles.author}>{hit.author_name}</bdi> {pieces(hit.snippet, hit.marks).map((piece) => (piece.marked ? <mark key={piece.start}>{piece.text}</mark> : <span key={piece.start}>{piece.text}</span>))}</p>
    </div>
  );
}
