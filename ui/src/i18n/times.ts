// How are times, days, ages and dates of birth written, in local time, so that nobody can misread them?
import { useMemo } from "react";
import { ageInYears, daysBetween } from "../lib/time";
import { useText, type Text } from "./text";

/** The ways a moment is shown. */
export type Times = {
  /** 09:24, twenty-four hours. */
  clock: (at: number) => string;
  /** The whole moment with its zone, for hover and screen readers. */
  full: (at: number) => string;
  /** Today, Yesterday, or the date. */
  day: (at: number, now: number) => string;
  /** 04 Mar 2026. */
  date: (at: number) => string;
  /** How long ago, short: 18 m, 3 h, 2 d. */
  ago: (at: number, now: number) => string;
  /** 04 Mar 1961: the month is a word, so that day and month cannot be swapped. */
  birth: (iso: string) => string;
  /** 65 y; months under two years. */
  age: (iso: string, now: number) => string;
};

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

function makeTimes(text: Text): Times {
  const { intl } = text;
  const named = (date: Date, options: Intl.DateTimeFormatOptions): string => {
    const parts = intl.formatDateToParts(date, { day: "2-digit", month: "short", year: "numeric", ...options });
    const part = (type: string): string => parts.find((one) => one.type === type)?.value.replace(".", "") ?? "";
    return [part("day"), part("month"), part("year")].filter((one) => one !== "").join(" ");
  };
  const birth = (iso: string): string => {
    const date = new Date(`${iso}T00:00:00Z`);
    return Number.isNaN(date.getTime()) ? iso : named(date, { timeZone: "UTC" });
  };
  return {
    clock: (at) => intl.formatTime(at, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }),
    full: (at) => intl.formatDate(at, { weekday: "long", day: "numeric", month: "long", year: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZoneName: "short" }),
    day: (at, now) => {
      const days = daysBetween(at, now);
      if (days === 0) return text("time.today");
      if (days === 1) return text("time.yesterday");
      const date = new Date(at);
      const weekday = intl.formatDate(date, { weekday: "short" });
      return `${weekday} ${named(date, date.getFullYear() === new Date(now).getFullYear() ? { year: undefined } : {})}`;
    },
    date: (at) => named(new Date(at), {}),
    ago: (at, now) => {
      const past = Math.max(0, now - at);
      if (past < MINUTE) return text("time.now");
      if (past < HOUR) return text("time.minutes", { n: Math.floor(past / MINUTE) });
      if (past < DAY) return text("time.hours", { n: Math.floor(past / HOUR) });
      return text("time.days", { n: Math.floor(past / DAY) });
    },
    birth,
    age: (iso, now) => {
      const years = ageInYears(iso, now);
      return years.years >= 2 ? text("time.age_years", { n: years.years }) : text("time.age_months", { n: years.months });
    },
  };
}

/** The ways to write a moment in the language in force. */
export function useTimes(): Times {
  const text = useText();
  return useMemo(() => makeTimes(text), [text]);
}
