import type { FormEvent } from "react";
import { useState } from "react";
import { Refused, change, send } from "../api/client";
import type { Answer } from "../api/routes";

/** Name and password, and the site's code where a name is known at several. */
export function useLogIn(
  onKnown: (session: Answer<"/api/v1/session">) => unknown,
  besides: { workstation?: string } = {},
) {
  const [login, setLogin] = useState("");
  const [password, setPassword] = useState("");
  const [site, setSite] = useState("");
  const [asksSite, setAsksSite] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    try {
      const body = { login, password, ...besides, ...(site ? { site } : {}) };
      await onKnown(await send(change("/api/v1/session", undefined, body)));
    } catch (refused) {
      setProblem(refused);
      if (refused instanceof Refused && refused.code.includes("site")) setAsksSite(true);
      setBusy(false);
    }
  };
  return {
    ...{ login, setLogin, password, setPassword, site, setSite, asksSite, setAsksSite },
    ...{ busy, problem, submit },
  };
}
