import { Button } from "antd";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { change, read, send } from "../api/client";
import type { WallGrant } from "../api/contract";
import { Bar } from "../parts/Bar";
import { Why } from "../parts/Why";
import { refusal } from "../parts/refusal";
import { Moment } from "../time/Moment";
import { t } from "../words/words";
import { GrantForm } from "./GrantForm";

/** The displays that were let in: one reads counts, and can do nothing else. */
export default function WallsPage() {
  const client = useQueryClient();
  const { data, error } = useQuery({ queryKey: ["walls"], queryFn: () => read("/api/v1/walls") });
  const [token, setToken] = useState<string | null>(null);
  const settled = () => void client.invalidateQueries({ queryKey: ["walls"] });
  const grant = useMutation({
    mutationFn: (name: string) => send(change("/api/v1/walls", undefined, { name })),
    onSuccess: (link) => setToken(link.token),
    onSettled: settled,
  });
  const revoke = useMutation({
    mutationFn: (number: number) => send(change("/api/v1/walls/{number}/revoke", number, undefined)),
    onSettled: settled,
  });
  const walls = data?.items ?? [];
  const problem = error ?? grant.error ?? revoke.error;
  return (
    <main className="page" tabIndex={0} data-testid="walls-page">
      <h2>{t("walls.title")}</h2>
      <p className="quiet">{t("walls.note")}</p>
      {problem ? <Bar tone="warn">{refusal(problem, "act")}</Bar> : null}
      <GrantForm busy={grant.isPending} onGrant={(name) => grant.mutate(name)} />
      {token ? <LinkOnce token={token} /> : null}
      {walls.length === 0 ? <Why words={t("walls.none")} /> : null}
      {walls.length > 0 ? (
        <table className="plain-table">
          <thead>
            <tr>
              <th>{t("walls.name")}</th>
              <th>{t("walls.granted")}</th>
              <th>{t("walls.state")}</th>
            </tr>
          </thead>
          <tbody>
            {walls.map((wall) => (
              <Row key={wall.number} wall={wall} onRevoke={() => revoke.mutate(wall.number)} />
            ))}
          </tbody>
        </table>
      ) : null}
    </main>
  );
}

function Row({ wall, onRevoke }: { wall: WallGrant; onRevoke: () => void }) {
  return (
    <tr data-testid={`wall-${wall.number}`}>
      <td>{wall.name}</td>
      <td>
        <Moment at={wall.granted_at} seconds={false} /> {wall.granted_by.name}
      </td>
      <td>
        {wall.revoked_at ? (
          <>
            {t("walls.revoked")} <Moment at={wall.revoked_at} seconds={false} />{" "}
            {wall.revoked_by?.name}
          </>
        ) : (
          <Button onClick={onRevoke} data-testid={`wall-revoke-${wall.number}`}>
            {t("walls.revoke")}
          </Button>
        )}
      </td>
    </tr>
  );
}

/** The link bears the token and is shown this once. */
function LinkOnce({ token }: { token: string }) {
  const link = (language: "zh" | "en") => `${location.origin}/wall/${language}#${token}`;
  return (
    <Bar testId="wall-link">
      <p>{t("walls.link")}</p>
      <p>
        中文 <code data-testid="wall-link-zh">{link("zh")}</code>
      </p>
      <p>
        English <code data-testid="wall-link-en">{link("en")}</code>
      </p>
    </Bar>
  );
}
