import { createContext, useContext } from "react";
import type { Session } from "../api/contract";

export const SessionContext = createContext<Session | null>(null);

/** Who is logged in, where, and what he may do. Only below the shell. */
export function useMe(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error("useMe outside of the shell");
  return session;
}
