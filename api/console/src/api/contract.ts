/** The API's objects under the words of the house; everything here comes from the OpenAPI. */
import type { components } from "../api-types";

type Schemas = components["schemas"];

export type Session = Schemas["SessionOut"];
export type Report = Schemas["ReportOut"];
export type Issue = Schemas["IssueOut"];
export type IssueRow = Schemas["IssueRow"];
export type Entry = Schemas["EntryOut"];
export type Step = Schemas["StepOut"];
export type Hint = Schemas["Hint"];
export type Relay = Schemas["RelayOut"];
export type Caller = Schemas["CallerOut"];
export type Category = Schemas["CategoryOut"];
export type Place = Schemas["PlaceRef"];
export type PersonRef = Schemas["PersonRef"];
export type Person = Schemas["PersonOut"];
export type Escalation = Schemas["EscalationOut"];
export type Notice = Schemas["NoticeOut"];
export type Device = Schemas["DeviceOut"];
export type DeviceEvent = Schemas["DeviceEventOut"];
export type CameraRule = Schemas["CameraRuleOut"];
export type Gateway = Schemas["GatewayOut"];
export type Picture = Schemas["PictureOut"];
export type Comparison = Schemas["ComparisonOut"];
export type Review = Schemas["ReviewOut"];
export type ReviewRow = Schemas["ReviewRow"];
export type MonthReport = Schemas["MonthReportOut"];
export type MonthLine = Schemas["LineOut"];
export type Month = Schemas["MonthOut"];
export type Panel = Schemas["PanelShownOut"];
export type Verdict = Schemas["Verdict"];

export type ReportClass = Schemas["ReportClass"];
export type Channel = Schemas["Channel"];
export type CallerKind = Schemas["CallerKind"];
export type Urgency = Schemas["Urgency"];
export type Status = Schemas["Status"];
export type Role = Schemas["Role"];
export type Means = Schemas["Means"];
export type Outcome = Schemas["Outcome"];
export type DismissalCause = Schemas["Cause"];
export type Telling = Schemas["TellingIn"];
export type Queue = Schemas["QueueOut"];
