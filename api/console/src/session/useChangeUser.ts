import { useQueryClient } from "@tanstack/react-query";
import { change, remove, sendOnce } from "../api/client";
import { go } from "../app/route";
import { settings } from "../app/settings";
import { useMe } from "./context";

/** One leaves and the next sits down, without the page of the log-in between them. */
export function useChangeUser(): (login: string, password: string, then: string) => void {
  const client = useQueryClient();
  const site = useMe().site.code;
  return (login, password, then) => {
    const { workstation } = settings();
    const body = { login, password, workstation, site };
    void remove("/api/v1/session")
      .then(() => sendOnce(change("/api/v1/session", undefined, body)))
      // Who cannot be let in meets the page of the log-in: the sheet is signed all the same.
      .catch(() => null)
      .then((session) => {
        client.clear();
        client.setQueryData(["session"], session);
        go(session ? then : "/", "replace");
      });
  };
}
