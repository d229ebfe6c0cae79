// What happens between a password typed and a vault opened, wrong passwords and waits included?
import { useState } from "react";
import { useBackend } from "../../backend/context";
import { useCall } from "../../backend/queries/call";
import { useWait } from "../../kit/Wait/useWait";

/** Signs `account` in. While throttled, `wait` counts the seconds down and nothing can be sent. */
export function usePassword(account: string) {
  const backend = useBackend();
  const [password, setPassword] = useState("");
  const [opened, setOpened] = useState(false);
  const signIn = useCall((secret: string) => backend.signIn({ account, password: secret }), () => {
    setPassword("");
    setOpened(true);
  }, () => setPassword(""));
  const wait = useWait(signIn);
  const submit = (): void => {
    if (password !== "" && wait === 0 && !opened) signIn.go(password);
  };
  return { password, setPassword, submit, wait, busy: signIn.busy || opened, reason: signIn.reason };
}
