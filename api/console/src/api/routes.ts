/** The API's routes as types: a route, a query or a body that the OpenAPI does not know fails the build. */
import type { paths } from "../api-types";

type With<Method extends string> = {
  [P in keyof paths]: paths[P] extends Record<Method, object> ? P : never;
}[keyof paths];

export type GetPath = With<"get">;
export type PostPath = With<"post">;
export type DeletePath = With<"delete">;
export type PutPath = With<"put">;

type Operation<P extends keyof paths, Method extends "get" | "post" | "put" | "delete"> = NonNullable<
  paths[P][Method]
>;

type Json<Content> = Content extends { content: { "application/json": infer Body } } ? Body : void;

type AnswerOf<O> = O extends { responses: infer Answers }
  ? Json<Answers[keyof Answers & (200 | 201)]>
  : never;

type QueryOf<O> = O extends { parameters: { query?: infer Query } } ? NonNullable<Query> : never;

export type Answer<P extends GetPath> = AnswerOf<Operation<P, "get">>;
export type Put<P extends PutPath> = AnswerOf<Operation<P, "put">>;
export type Removed<P extends DeletePath> = AnswerOf<Operation<P, "delete">>;
export type PutBody<P extends PutPath> =
  Operation<P, "put"> extends { requestBody: infer Sent } ? Json<Sent> : undefined;
export type Query<P extends GetPath> = QueryOf<Operation<P, "get">>;
export type Written<P extends PostPath> = AnswerOf<Operation<P, "post">>;
export type Body<P extends PostPath> =
  Operation<P, "post"> extends { requestBody: infer Sent } ? Json<Sent> : undefined;

/** Where a picture of an issue lies; whoever looks says what for, and it is written down. */
export function pictureAt(issue: number, sha256: string, purpose: string): string {
  const route: GetPath = "/api/v1/issues/{number}/pictures/{sha256}";
  const path = filled(route, issue).replace("{sha256}", sha256);
  return `${path}?purpose=${encodeURIComponent(purpose)}`;
}

/** What stands in a route's braces: its number, or each part by its name. */
export type Parts = number | Readonly<Record<string, string>>;

/** Fill parts into a route: `/api/v1/issues/{number}` → `/api/v1/issues/12`. */
export function filled(path: string, parts?: Parts): string {
  const known = typeof parts === "object" ? parts : { number: String(parts) };
  return path.replace(/\{(\w+)\}/g, (whole, name: string) =>
    name in known ? encodeURIComponent(known[name] ?? "") : whole,
  );
}
