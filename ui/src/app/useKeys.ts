// How does a key press become a command?
import { useEffect } from "react";
import { runCommand } from "../lib/commands";
import { commandOf, whereOf } from "../lib/keys";

/** Listens on the window. While a dialog is open only the dialog has keys. */
export function useKeys(singleKeys: boolean, dialogOpen: boolean): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing) return;
      const command = commandOf(event, whereOf(event.target, singleKeys));
      if (command === null) return;
      const leaving = command === "lock" || command === "switch_user";
      // The browser's own find must not open, whether or not a thread is there to find in.
      if (command === "find" || command === "palette") event.preventDefault();
      if (dialogOpen && !leaving) return;
      if (runCommand(command)) event.preventDefault();
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [singleKeys, dialogOpen]);
}
