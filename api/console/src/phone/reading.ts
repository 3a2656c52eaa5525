/** Reading with a memory: what the server last said is shown, and since when, until it says more. */
import { useCallback, useEffect, useState } from "react";
import { Refused, read } from "../api/client";
import type { Answer, GetPath, Query } from "../api/routes";
import { lastRead, remember } from "./outbox/box";

export interface Reading<T> {
  value: T | undefined;
  /** When it was read, by this telephone's clock; undefined: never. */
  at: number | undefined;
  /** Undefined: the server has answered the last time. */
  problem: unknown;
  again: () => void;
}

/** Duties change while one looks at them. */
const EVERY = 30_000;

export function useReading<P extends GetPath>(
  of: string,
  path: P,
  query?: Query<P>,
): Reading<Answer<P>> {
  const [state, setState] = useState<Omit<Reading<Answer<P>>, "again">>({
    value: undefined,
    at: undefined,
    problem: undefined,
  });
  const asked = JSON.stringify(query ?? {});
  const key = `${of} ${path} ${asked}`;
  const again = useCallback(async () => {
    try {
      const value = await read(path, JSON.parse(asked) as Query<P>);
      setState({ value, at: Date.now(), problem: undefined });
      await remember(key, value).catch(() => undefined);
    } catch (problem) {
      setState((now) => ({ ...now, problem }));
    }
  }, [path, asked, key]);
  useEffect(() => {
    let there = true;
    void lastRead<Answer<P>>(key)
      .catch(() => undefined)
      .then((kept) => {
        if (there && kept) setState((now) => (now.at ? now : { ...now, ...kept }));
      })
      .then(again);
    const often = setInterval(() => void again(), EVERY);
    const back = () => void again();
    addEventListener("online", back);
    addEventListener("shouwen-sent", back);
    return () => {
      there = false;
      clearInterval(often);
      removeEventListener("online", back);
      removeEventListener("shouwen-sent", back);
    };
  }, [key, again]);
  return { ...state, again: () => void again() };
}

export function noNet(problem: unknown): boolean {
  return problem instanceof Refused && problem.status === 0;
}
