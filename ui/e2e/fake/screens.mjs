// Which screens are looked at, and how does one get to each?
import { COMMANDS } from "./screens/commands.mjs";
import { FLEET } from "./screens/fleet.mjs";
import { INCIDENTS } from "./screens/incidents.mjs";
import { LOST } from "./screens/lost.mjs";
import { OVER } from "./screens/over.mjs";
import { OWN } from "./screens/own.mjs";
import { PEOPLE } from "./screens/people.mjs";
import { SIGN_IN } from "./screens/sign_in.mjs";
import { THREADS } from "./screens/threads.mjs";

/** A screen: its page, its query, and what is done before the picture. */
export const SCREENS = [...SIGN_IN, ...THREADS, ...OWN, ...PEOPLE, ...FLEET, ...COMMANDS, ...LOST, ...INCIDENTS, ...OVER];

/** Sizes looked at; the last is 1280x800 at 200 % zoom. */
export const SIZES = { "1280": { width: 1280, height: 800 }, "1920": { width: 1920, height: 1080 }, zoom: { width: 640, height: 400 } };
