// What happens between a password typed and a vault opened, wrong passwords and waits included?
import { useMutation } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useBackend } from "../../backend/context";
import { errorView } from "../../backend/errors";

/** Signs `account` in. While throttled, `wait` counts the seconds down and nothing can be sent. */
export function usePassword(account: string) {
  const backend = useBackend();
  const [password, setPassword] = useState("");
  const [until, setUntil] = useState<number | null>(null);
  const [wait, setWait] = useState(0);

  const signIn = useMutation({
    mutationFn: () => backend.signIn({ account, password }),
    onError: (reason) => {
      const { retry_after_seconds: seconds } = errorView(reason);
      setPassword("");
      if (seconds !== null && seconds > 0) {
        setUntil(Date.now() + seconds * 1000);
        setWait(seconds);
      }
    },
  });

  useEffect(() => {
    if (until === null) return undefined;
    const timer = setInterval(() => {
      const left = Math.max(0, Math.ceil((until - Date.now()) / 1000));
      setWait(left);
      if (left === 0) setUntil(null);
    }, 250);
    return () => clearInterval(timer);
  }, [until]);

  const submit = (): void => {
    if (password !== "" && wait === 0 && !signIn.isPending && !signIn.isSuccess) signIn.mutate();
  };
  return { password, setPassword, submit, wait, busy: signIn.isPending || signIn.isSuccess, reason: signIn.error };
}
