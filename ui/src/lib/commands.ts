// Who answers a command? Whoever listens; the newest listener that can do something with it wins.
import { useEffect, useEffectEvent } from "react";
import type { Command } from "./keys";

/** Returns true when the command was done. */
export type CommandHandler = (command: Command) => boolean;
const handlers: CommandHandler[] = [];

/** Offers `command` to the listeners, newest first. True when one took it. */
export function runCommand(command: Command): boolean {
  return handlers.toReversed().some((handler) => handler(command));
}

/** Listens while mounted. */
export function useCommands(handler: CommandHandler): void {
  const latest = useEffectEvent(handler);
  useEffect(() => {
    const own: CommandHandler = (command) => latest(command);
    handlers.push(own);
    return () => {
      handlers.splice(handlers.indexOf(own), 1);
    };
  }, []);
}
