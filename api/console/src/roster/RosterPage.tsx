import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Skeleton } from "antd";
import { useState } from "react";
import { change, read, send } from "../api/client";
import type { Roster } from "../api/contract";
import { usePeople } from "../api/queries";
import { ActButton } from "../parts/ActButton";
import { Bar } from "../parts/Bar";
import { Choice } from "../parts/Choice";
import { ReasonForm } from "../parts/ReasonForm";
import { Why } from "../parts/Why";
import { refusal } from "../parts/refusal";
import { may } from "../session/allowed";
import { useMe } from "../session/context";
import { personOptions } from "../telling/options";
import { siteNow } from "../time/clock";
import { day } from "../time/format";
import { Moment } from "../time/Moment";
import { typedMoment } from "../time/typed";
import { named, t } from "../words/words";
import { Posts } from "./Posts";
import { RosterTables } from "./RosterTables";
import "./roster.css";

const DAY = 86_400_000;

/** The Monday of the week a moment lies in, as a date. */
function monday(at: number): string {
  const weekday = (new Date(`${day(at)}T00:00:00Z`).getUTCDay() + 6) % 7;
  return shifted(day(at), -weekday);
}

function shifted(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);
}

/** Who stands where this week, who is away and who answers for him. */
export default function RosterPage() {
  const [first, setFirst] = useState(() => monday(siteNow()));
  const writes = may(useMe(), "write_roster");
  const { data, error } = useQuery({
    queryKey: ["roster", first],
    queryFn: () => read("/api/v1/roster", { first, days: 7 }),
  });
  return (
    <main className="page" data-testid="roster-page">
      <div className="acts">
        <ActButton words={t("roster.earlier")} onClick={() => setFirst(shifted(first, -7))} />
        <ActButton words={t("roster.this_week")} onClick={() => setFirst(monday(siteNow()))} />
        <ActButton words={t("roster.later")} onClick={() => setFirst(shifted(first, 7))} />
        <b>
          {first} – {shifted(first, 6)}
        </b>
      </div>
      {error ? <Bar tone="warn">{refusal(error, "read")}</Bar> : null}
      {data ? <Week roster={data} /> : <Skeleton active />}
      <OnDuty />
      {data ? <Absences roster={data} writes={writes} /> : null}
      {writes ? <RosterTables first={first} /> : null}
      {data && writes ? <Posts roster={data} /> : null}
    </main>
  );
}

function Week({ roster }: { roster: Roster }) {
  const days = Array.from({ length: 7 }, (_, n) => shifted(roster.first, n));
  if (roster.posts.length === 0) return <Why words={t("roster.none")} />;
  return (
    <table className="plain-table" data-testid="roster-week">
      <thead>
        <tr>
          <th>{t("roster.post")}</th>
          {days.map((one) => (
            <th key={one}>{one.slice(5)}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {roster.posts.map((post) => (
          <tr key={post.code}>
            <td>
              {post.name} <span className="quiet">{named("role", post.role)}</span>
            </td>
            {days.map((one) => (
              <td key={one}>
                <Cell roster={roster} post={post.code} date={one} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Cell({ roster, post, date }: { roster: Roster; post: string; date: string }) {
  const here = (one: { post: string; day: string }) => one.post === post && one.day === date;
  const duties = roster.duties.filter(here);
  const gaps = roster.gaps.filter(here);
  const nameOf = (code: string) => roster.shifts.find((one) => one.code === code)?.name ?? code;
  return (
    <>
      {duties.map((one) => (
        <div key={`${one.shift}-${one.person.code}`}>
          <span className="quiet">{nameOf(one.shift)}</span> {one.person.name}
        </div>
      ))}
      {gaps.map((one) => (
        <div key={one.shift} className="roster-gap">
          ▲ {nameOf(one.shift)} {t("roster.gap", { there: one.there, wanted: one.wanted })}
        </div>
      ))}
    </>
  );
}

function OnDuty() {
  const { data } = useQuery({
    queryKey: ["roster", "on-duty"],
    queryFn: () => read("/api/v1/roster/on-duty"),
    refetchInterval: 60_000,
  });
  const items = data?.items ?? [];
  return (
    <section>
      <h2>{t("roster.on_duty", { count: items.length })}</h2>
      {items.map((one) => (
        <p key={`${one.post}-${one.person.code}`}>
          ● {one.person.name} <span className="quiet">{named("role", one.role)}</span>
          {one.instead_of ? <> {t("roster.instead_of", { name: one.instead_of.name })}</> : null}{" "}
          <span className="quiet">
            {t("roster.until")} <Moment at={one.until} seconds={false} />
          </span>
        </p>
      ))}
    </section>
  );
}

function Absences({ roster, writes }: { roster: Roster; writes: boolean }) {
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const settled = () => client.invalidateQueries({ queryKey: ["roster"] });
  const cancel = useMutation({
    mutationFn: (id: number) =>
      send(change("/api/v1/roster/absences/{number}/cancel", id, undefined)),
    onSettled: settled,
  });
  return (
    <section>
      <h2>{t("roster.absences")}</h2>
      {roster.absences.length === 0 ? <Why words={t("roster.absences_none")} /> : null}
      {roster.absences.map((one) => (
        <p key={one.id} data-testid={`absence-${one.id}`}>
          ○ {one.person.name} <Moment at={one.begins_at} seconds={false} /> –{" "}
          <Moment at={one.ends_at} seconds={false} /> {one.reason}{" "}
          {one.deputy ? t("roster.deputy_is", { name: one.deputy.name }) : t("roster.no_deputy")}{" "}
          {writes ? (
            <button type="button" className="link" onClick={() => cancel.mutate(one.id)}>
              {t("roster.cancel")}
            </button>
          ) : null}
        </p>
      ))}
      {cancel.error ? <Bar tone="warn">{refusal(cancel.error)}</Bar> : null}
      {writes && !asking ? (
        <div className="acts">
          <ActButton words={t("roster.enter_absence")} onClick={() => setAsking(true)} />
        </div>
      ) : null}
      {asking ? (
        <AbsenceForm
          onDone={() => {
            setAsking(false);
            void settled();
          }}
        />
      ) : null}
    </section>
  );
}

function AbsenceForm({ onDone }: { onDone: () => void }) {
  const { data: people = [] } = usePeople();
  const [person, setPerson] = useState<string | null>(null);
  const [deputy, setDeputy] = useState<string | null>(null);
  const [from, setFrom] = useState("");
  const [until, setUntil] = useState("");
  const begins = from.trim() ? typedMoment(from, siteNow(), "future") : siteNow();
  const ends = typedMoment(until, siteNow(), "future");
  const enter = useMutation({
    mutationFn: (reason: string) =>
      send(
        change("/api/v1/roster/absences", undefined, {
          person: person ?? "",
          begins_at: new Date(begins ?? 0).toISOString(),
          ends_at: new Date(ends ?? 0).toISOString(),
          deputy,
          reason,
        }),
      ),
    onSuccess: onDone,
  });
  const options = personOptions(people.filter((one) => one.active));
  return (
    <>
      <ReasonForm
        title={t("roster.enter_absence")}
        label={t("roster.reason")}
        busy={enter.isPending}
        ready={person !== null && begins !== null && ends !== null}
        onSubmit={(reason) => enter.mutate(reason)}
      >
        <label>{t("roster.person")}</label>
        <Choice
          label={t("roster.person")}
          options={options}
          value={person}
          onPick={setPerson}
          testId="absence-person"
          required
        />
        <label>
          {t("roster.from")}
          <input
            className="field"
            value={from}
            placeholder={t("roster.now")}
            onChange={(event) => setFrom(event.target.value)}
            data-field
          />
        </label>
        <label>
          {t("roster.until")}
          <input
            className="field"
            value={until}
            placeholder="11-24 18:00"
            onChange={(event) => setUntil(event.target.value)}
            data-field
            data-testid="absence-until"
          />
        </label>
        <label>{t("roster.deputy")}</label>
        <Choice
          label={t("roster.deputy")}
          options={options}
          value={deputy}
          onPick={setDeputy}
          testId="absence-deputy"
        />
      </ReasonForm>
      {enter.error ? <Bar tone="warn">{refusal(enter.error)}</Bar> : null}
    </>
  );
}
