// Which theme, density and language does the document wear?
import { useEffect, useState } from "react";
import type { Language, Preferences, Theme } from "../backend/bindings";

type Worn = "light" | "dark" | "high_contrast";

const asks = (query: string): boolean => typeof window.matchMedia === "function" && window.matchMedia(query).matches;

function worn(theme: Theme, dark: boolean, contrast: boolean): Worn {
  switch (theme) {
    case "light":
    case "dark":
    case "high_contrast":
      return theme;
    case "system":
      if (contrast) return "high_contrast";
      return dark ? "dark" : "light";
    default: {
      const never: never = theme;
      return never;
    }
  }
}

/** Whether a media query holds, followed as it changes. */
export function useMedia(query: string): boolean {
  const [matches, setMatches] = useState(() => asks(query));
  useEffect(() => {
    if (typeof window.matchMedia !== "function") return undefined;
    const media = window.matchMedia(query);
    const follow = (): void => setMatches(media.matches);
    media.addEventListener("change", follow);
    return () => media.removeEventListener("change", follow);
  }, [query]);
  return matches;
}

/** Dresses the document; `system` follows the machine. */
export function useAppearance(theme: Theme, density: Preferences["density"], language: Language): void {
  const dark = useMedia("(prefers-color-scheme: dark)");
  const contrast = useMedia("(prefers-contrast: more)");
  useEffect(() => {
    const root = document.documentElement;
    root.dataset["theme"] = worn(theme, dark, contrast);
    root.dataset["density"] = density;
    root.lang = language;
  }, [theme, density, language, dark, contrast]);
}
