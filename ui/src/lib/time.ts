// How far apart are two moments, in days as a calendar counts them and in years as an age counts them?
import { useEffect, useState } from "react";

const DAY = 86_400_000;

/** Calendar days from `at` to `now` in local time; 0 is the same day. */
export function daysBetween(at: number, now: number): number {
  return calendarDay(now) - calendarDay(at);
}

function calendarDay(moment: number): number {
  const date = new Date(moment);
  return Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / DAY;
}

/** Completed years, and completed months in all, since an ISO date of birth. */
export function ageInYears(iso: string, now: number): { years: number; months: number } {
  const [year = 0, month = 1, day = 1] = iso.split("-").map(Number);
  const today = new Date(now);
  const months = (today.getFullYear() - year) * 12 + (today.getMonth() + 1 - month) - (today.getDate() < day ? 1 : 0);
  return { years: Math.max(0, Math.floor(months / 12)), months: Math.max(0, months) };
}

/** The present, refreshed every `every` milliseconds so that ages on screen stay true. */
export function useNow(every = 30_000): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), every);
    return () => clearInterval(timer);
  }, [every]);
  return now;
}
