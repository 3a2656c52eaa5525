import { useQueryClient } from "@tanstack/react-query";
import { remove } from "../api/client";
import { go } from "../app/route";

/** Leave: the server forgets the session first, then this page forgets what it has seen. */
export function useLogOut(): () => void {
  const client = useQueryClient();
  return () => {
    void remove("/api/v1/session")
      .catch(() => undefined)
      .then(() => {
        client.clear();
        client.setQueryData(["session"], null);
        go("/", "replace");
      });
  };
}
