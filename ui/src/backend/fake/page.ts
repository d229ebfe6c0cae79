// Which slice of a log answers a page request?
import type { MessagePage, MessagePageRequest, MessageView, SearchHit, SearchPage, SearchRequest, ThreadRow } from "../bindings";
import { nameOf, PEOPLE, type FakeThread } from "./clinic";

/** A page in the contract's sense: exclusive bounds; what waits in the outbox comes with the newest page. */
export function pageOf(thread: FakeThread, request: MessagePageRequest): MessagePage {
  let from = Math.max(1, thread.lastSeq - request.limit + 1);
  let to = thread.lastSeq;
  if (request.before !== null) {
    to = request.before - 1;
    from = Math.max(1, to - request.limit + 1);
  } else if (request.after !== null) {
    from = request.after + 1;
    to = Math.min(thread.lastSeq, request.after + request.limit);
  }
  const messages: MessageView[] = [];
  for (let seq = from; seq <= to; seq += 1) messages.push(thread.at(seq));
  const has_after = to < thread.lastSeq;
  return { messages: has_after ? messages : [...messages, ...thread.extra], has_before: from > 1, has_after, not_kept: false };
}

/** How the thread stands in the list. */
export function rowOf(thread: FakeThread, drafts: ReadonlySet<string>, me: string): ThreadRow {
  const newest = thread.extra.at(-1) ?? thread.at(thread.lastSeq);
  const before = thread.at(Math.max(1, thread.lastSeq - 1));
  const spoken = newest.kind === "message" ? newest : before.kind === "message" ? before : null;
  let unread = 0;
  let priority: ThreadRow["priority"] = "fyi";
  const order = ["fyi", "action", "concern", "stat"] as const;
  for (let seq = Math.max(thread.readSeq + 1, thread.lastSeq - 200); seq <= thread.lastSeq; seq += 1) {
    const message = thread.at(seq);
    if (message.kind !== "message" || message.mine) continue;
    unread += 1;
    if (order.indexOf(message.priority) > order.indexOf(priority)) priority = message.priority;
  }
  return {
    thread: thread.id, class: thread.class, title: thread.title, patient: thread.patient,
    people: thread.members.filter((one) => one !== me).map(nameOf), reason: thread.reason, priority,
    preview: spoken?.text ?? "", preview_author: spoken ? spoken.author_name : null, last_at: newest.at, unread,
    queued: thread.extra.filter((one) => one.kind === "message" && one.state.kind === "queued").length,
    failed: thread.extra.filter((one) => one.kind === "message" && one.state.kind === "failed").length,
    draft: drafts.has(thread.id),
  };
}

const titleOf = (thread: FakeThread): string =>
  thread.patient ? `${thread.patient.family}, ${thread.patient.given}` : (thread.title ?? thread.members.slice(1).map(nameOf).join(", "));

/** Whether a message is what a search is kept to. */
function isKept(thread: FakeThread, message: Extract<MessageView, { kind: "message" }>, filter: SearchRequest["filter"]): boolean {
  const about = thread.patient === null ? "" : `${thread.patient.family} ${thread.patient.given} ${thread.patient.mrn} ${thread.patient.birth_date}`.toLowerCase();
  return (filter.from === null || filter.from === message.author)
    && (filter.role === null || PEOPLE.some((one) => one.account === message.author && one.role === filter.role))
    && (filter.patient === null || (about !== "" && filter.patient.toLowerCase().split(/\s+/u).every((word) => about.includes(word))))
    && (filter.priority === null || filter.priority === message.priority)
    && (filter.since === null || message.at >= filter.since) && (filter.until === null || message.at < filter.until);
}

/** Hits newest first; every word must occur. */
export function searchIn(threads: FakeThread[], request: SearchRequest): SearchPage {
  const words = request.query.toLowerCase().split(/\s+/u).filter((word) => word !== "");
  const hits: SearchHit[] = [];
  for (const thread of threads) {
    if (request.thread !== null && thread.id !== request.thread) continue;
    for (let seq = thread.lastSeq; seq >= Math.max(1, thread.lastSeq - 2000); seq -= 1) {
      const message = thread.at(seq);
      if (message.kind !== "message" || !isKept(thread, message, request.filter)) continue;
      const lower = message.text.toLowerCase();
      const marks = words.map((word): [number, number] => [lower.indexOf(word), lower.indexOf(word) + word.length]);
      if (marks.some(([start]) => start < 0)) continue;
      hits.push({ thread: thread.id, entry: message.entry, seq, title: titleOf(thread), author_name: message.author_name, priority: message.priority, at: message.at, snippet: message.text, marks: marks.toSorted((a, b) => a[0] - b[0]) });
    }
  }
  const from = request.before === null ? 0 : Number(request.before);
  const newest = hits.toSorted((a, b) => b.at - a.at);
  const slice = newest.slice(from, from + request.limit);
  return { hits: slice, next: from + request.limit < hits.length ? String(from + request.limit) : null, indexing: false };
}
