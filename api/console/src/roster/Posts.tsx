import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { put } from "../api/client";
import type { Role, Roster } from "../api/contract";
import { usePlaces } from "../api/queries";
import { ActButton } from "../parts/ActButton";
import { Bar } from "../parts/Bar";
import { refusal } from "../parts/refusal";
import { pathOf } from "../queue/title";
import { WORKING_ROLES } from "../words/roles";
import { named, t } from "../words/words";

/** What a roster is made of: posts with their role and place, shifts by the site's clock. */
export function Posts({ roster }: { roster: Roster }) {
  return (
    <section>
      <h2>{t("roster.posts")}</h2>
      {roster.posts.map((one) => (
        <p key={one.code}>
          {one.code} · {one.name} · {named("role", one.role)} ·{" "}
          {one.place ? pathOf(one.place.path, 2) : t("roster.whole_site")} · ≥ {one.least}
        </p>
      ))}
      <PostForm />
      <h2>{t("roster.shifts")}</h2>
      {roster.shifts.map((one) => (
        <p key={one.code}>
          {one.code} · {one.name} · {one.begins}–{one.ends}
        </p>
      ))}
      <ShiftForm />
    </section>
  );
}

function useSettled() {
  const client = useQueryClient();
  return { onSettled: () => client.invalidateQueries({ queryKey: ["roster"] }) };
}

function PostForm() {
  const { data: places = [] } = usePlaces();
  const [post, setPost] = useState({ code: "", name: "", role: "guard" as Role, place: "" });
  const [least, setLeast] = useState("1");
  const save = useMutation({
    mutationFn: () =>
      put("/api/v1/roster/posts/{code}", { code: post.code.trim() }, {
        name: post.name,
        role: post.role,
        place: post.place || null,
        least: Number(least),
      }),
    ...useSettled(),
  });
  return (
    <form
      className="acts"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <Text label={t("roster.code")} value={post.code} onType={(code) => setPost({ ...post, code })} />
      <Text label={t("roster.name")} value={post.name} onType={(name) => setPost({ ...post, name })} />
      <select
        className="field roster-short"
        aria-label={t("roster.role")}
        value={post.role}
        onChange={(event) => setPost({ ...post, role: event.target.value as Role })}
      >
        {WORKING_ROLES.map((one) => (
          <option key={one} value={one}>
            {named("role", one)}
          </option>
        ))}
      </select>
      <select
        className="field roster-short"
        aria-label={t("column.place")}
        value={post.place}
        onChange={(event) => setPost({ ...post, place: event.target.value })}
      >
        <option value="">{t("roster.whole_site")}</option>
        {places.map((one) => (
          <option key={one.code} value={one.code}>
            {pathOf(one.path)}
          </option>
        ))}
      </select>
      <Text label={t("roster.least")} value={least} onType={setLeast} />
      <ActButton
        words={t("roster.save_post")}
        submits
        disabled={!post.code.trim() || !post.name.trim() || !/^\d+$/.test(least)}
        busy={save.isPending}
      />
      {save.error ? <Bar tone="warn">{refusal(save.error)}</Bar> : null}
    </form>
  );
}

function ShiftForm() {
  const [shift, setShift] = useState({ code: "", name: "", begins: "", ends: "" });
  const save = useMutation({
    mutationFn: () => {
      const { code, ...said } = shift;
      return put("/api/v1/roster/shifts/{code}", { code: code.trim() }, said);
    },
    ...useSettled(),
  });
  const type = (name: keyof typeof shift) => (value: string) =>
    setShift({ ...shift, [name]: value });
  return (
    <form
      className="acts"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <Text label={t("roster.code")} value={shift.code} onType={type("code")} />
      <Text label={t("roster.name")} value={shift.name} onType={type("name")} />
      <Text label={t("roster.begins")} value={shift.begins} onType={type("begins")} />
      <Text label={t("roster.ends")} value={shift.ends} onType={type("ends")} />
      <ActButton
        words={t("roster.save_shift")}
        submits
        disabled={!shift.code.trim() || !shift.name.trim() || !shift.begins || !shift.ends}
        busy={save.isPending}
      />
      {save.error ? <Bar tone="warn">{refusal(save.error)}</Bar> : null}
    </form>
  );
}

interface TextProps {
  label: string;
  value: string;
  onType: (value: string) => void;
}

function Text({ label, value, onType }: TextProps) {
  return (
    <input
      className="field roster-short"
      aria-label={label}
      placeholder={label}
      value={value}
      onChange={(event) => onType(event.target.value)}
    />
  );
}
