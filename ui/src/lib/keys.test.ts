// Does each key do its one thing, and nothing in a text field?
import { expect, test } from "vitest";
import { BINDINGS, commandOf, type Where } from "./keys";

const OUT: Where = { inText: false, inList: false, onControl: false, singleKeys: true };
const press = (key: string, more: Partial<KeyboardEvent> = {}) => ({ key, code: "", ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...more });

test.each([
  ["j", {}, "down"], ["k", {}, "up"], ["n", {}, "next_unread"], ["r", {}, "reply"], ["Enter", {}, "reply"], ["c", {}, "compose"], ["z", {}, "peek"],
  ["U", { shiftKey: true }, "unread_from_here"], ["/", {}, "search"], ["/", { shiftKey: true }, "search"], ["]", {}, "context"], ["?", { shiftKey: true }, "help"], ["+", {}, "acknowledge"], ["+", { shiftKey: true }, "acknowledge"], ["V", { shiftKey: true }, "readers"],
  ["k", { ctrlKey: true }, "palette"], ["k", { metaKey: true }, "palette"], ["f", { ctrlKey: true }, "find"], ["L", { ctrlKey: true, shiftKey: true }, "lock"],
  ["U", { ctrlKey: true, shiftKey: true }, "switch_user"], ["2", { altKey: true }, "action"], ["é", { altKey: true, code: "Digit2" }, "action"], ["4", { altKey: true }, "stat"],
  ["]", { ctrlKey: true, altKey: true }, "context"], ["F6", {}, "next_pane"], ["F6", { shiftKey: true }, "previous_pane"],
] as const)("%s %o is %s", (key, more, command) => {
  expect(commandOf(press(key, more), OUT)).toBe(command);
});

test("single keys never act in a text field and can be switched off", () => {
  for (const binding of BINDINGS.filter((one) => one.scope !== "global"))
    for (const stroke of binding.strokes) {
      const event = press(stroke.key, { shiftKey: stroke.shift ?? false });
      expect(commandOf(event, { ...OUT, inText: true }), binding.command).toBeNull();
      expect(commandOf(event, { ...OUT, inList: true, singleKeys: false }), binding.command).toBeNull();
    }
});

test("Ctrl+Shift+L works while typing, Ctrl+J is nothing", () => {
  expect(commandOf(press("L", { ctrlKey: true, shiftKey: true }), { ...OUT, inText: true })).toBe("lock");
  expect(commandOf(press("j", { ctrlKey: true }), OUT)).toBeNull();
});

test("Tab walks the lists only from within the list; Enter on a button presses the button", () => {
  expect(commandOf(press("Tab"), OUT)).toBeNull();
  expect(commandOf(press("Tab"), { ...OUT, inList: true })).toBe("next_queue");
  expect(commandOf(press("Tab", { shiftKey: true }), { ...OUT, inList: true })).toBe("previous_queue");
  expect(commandOf(press("Enter"), { ...OUT, onControl: true })).toBeNull();
});
