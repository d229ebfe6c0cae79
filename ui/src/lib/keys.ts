// What does a key mean? The one table that both the keyboard and the help sheet read, so that the sheet lists only what works.
/** Everything a key can ask for. */
export type Command =
  | "palette" | "down" | "up" | "next_unread" | "reply" | "compose" | "fyi" | "action" | "concern" | "stat"
  | "readers" | "acknowledge" | "unread_from_here" | "peek" | "search" | "find" | "next_queue" | "previous_queue" | "lock" | "switch_user" | "context" | "next_pane" | "previous_pane" | "help";

/** Where a key counts: everywhere, outside text fields as a single key, in the composer's window, or with focus in the list. */
export type Scope = "global" | "single" | "list";

type Stroke = { key: string; mod?: boolean; alt?: boolean; shift?: boolean };
type Binding = { command: Command; scope: Scope; strokes: Stroke[]; shown: string[][] };

/** All keys, in the order in which help shows them. */
export const BINDINGS: readonly Binding[] = [
  { command: "palette", scope: "global", strokes: [{ key: "k", mod: true }], shown: [["Mod", "K"]] },
  { command: "down", scope: "single", strokes: [{ key: "j" }], shown: [["J"]] },
  { command: "up", scope: "single", strokes: [{ key: "k" }], shown: [["K"]] },
  { command: "next_unread", scope: "single", strokes: [{ key: "n" }], shown: [["N"]] },
  { command: "reply", scope: "single", strokes: [{ key: "r" }, { key: "Enter" }], shown: [["R"], ["Enter"]] },
  { command: "compose", scope: "single", strokes: [{ key: "c" }], shown: [["C"]] },
  { command: "peek", scope: "single", strokes: [{ key: "z" }], shown: [["Z"]] },
  { command: "unread_from_here", scope: "single", strokes: [{ key: "u", shift: true }], shown: [["Shift", "U"]] },
  { command: "acknowledge", scope: "single", strokes: [{ key: "+" }], shown: [["+"]] },
  { command: "readers", scope: "single", strokes: [{ key: "v", shift: true }], shown: [["Shift", "V"]] },
  { command: "fyi", scope: "global", strokes: [{ key: "1", alt: true }], shown: [["Alt", "1"]] },
  { command: "action", scope: "global", strokes: [{ key: "2", alt: true }], shown: [["Alt", "2"]] },
  { command: "concern", scope: "global", strokes: [{ key: "3", alt: true }], shown: [["Alt", "3"]] },
  { command: "stat", scope: "global", strokes: [{ key: "4", alt: true }], shown: [["Alt", "4"]] },
  { command: "search", scope: "single", strokes: [{ key: "/" }], shown: [["/"]] },
  { command: "find", scope: "global", strokes: [{ key: "f", mod: true }], shown: [["Mod", "F"]] },
  { command: "next_queue", scope: "list", strokes: [{ key: "Tab" }], shown: [["Tab"]] },
  { command: "previous_queue", scope: "list", strokes: [{ key: "Tab", shift: true }], shown: [["Shift", "Tab"]] },
  { command: "next_pane", scope: "global", strokes: [{ key: "F6" }], shown: [["F6"]] },
  { command: "previous_pane", scope: "global", strokes: [{ key: "F6", shift: true }], shown: [["Shift", "F6"]] },
  { command: "context", scope: "single", strokes: [{ key: "]" }], shown: [["]"]] },
  { command: "lock", scope: "global", strokes: [{ key: "l", mod: true, shift: true }], shown: [["Mod", "Shift", "L"]] },
  { command: "switch_user", scope: "global", strokes: [{ key: "u", mod: true, shift: true }], shown: [["Mod", "Shift", "U"]] },
  { command: "help", scope: "single", strokes: [{ key: "?" }], shown: [["?"]] },
];

/** What is known of a key press beside the key. */
export type Where = { inText: boolean; inList: boolean; onControl: boolean; singleKeys: boolean };
type Press = Pick<KeyboardEvent, "key" | "code" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">;

/** Characters that need Shift on some keyboards and not on others: Shift says nothing about them. */
const SHIFTLESS = new Set(["/", "?", "]", "+"]);

function hits(stroke: Stroke, press: Press): boolean {
  const mod = press.ctrlKey || press.metaKey;
  const byDigit = stroke.alt === true && press.code === `Digit${stroke.key}`;
  const sameKey = press.key.toLowerCase() === stroke.key.toLowerCase() || byDigit;
  // AltGr reports itself as Ctrl+Alt where brackets and slashes live behind it.
  if (SHIFTLESS.has(stroke.key)) return sameKey && mod === press.altKey;
  return sameKey && mod === (stroke.mod ?? false) && press.altKey === (stroke.alt ?? false) && press.shiftKey === (stroke.shift ?? false);
}

function counts(scope: Scope, key: string, where: Where): boolean {
  switch (scope) {
    case "global": return true;
    case "list": return where.inList && where.singleKeys;
    case "single": return where.singleKeys && !where.inText && !(key === "Enter" && where.onControl);
    default: {
      const never: never = scope;
      return never;
    }
  }
}

/** The command of a key press at a place, or null. Single keys never act in a text field or when switched off. */
export function commandOf(press: Press, where: Where): Command | null {
  const found = BINDINGS.find((binding) => counts(binding.scope, press.key, where) && binding.strokes.some((stroke) => hits(stroke, press)));
  return found?.command ?? null;
}

/** Where a key press happened, read from the element that has the focus. */
export function whereOf(target: EventTarget | null, singleKeys: boolean): Where {
  const element = target instanceof Element ? target : null;
  const editable = element?.closest("input, textarea, [contenteditable='true'], [role='spinbutton']") ?? null;
  const inText = editable !== null && !(editable instanceof HTMLInputElement && ["radio", "checkbox"].includes(editable.type));
  const row = element?.closest("[data-thread-list] [role='option']") ?? null;
  const onControl = (element?.closest("button, a, input, [role='menuitem'], [role='radio'], [role='option']") ?? null) !== null && row === null;
  return { inText, inList: row !== null, onControl, singleKeys };
}
