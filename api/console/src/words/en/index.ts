import codes from "./codes.json";
import customers from "./customers.json";
import desk from "./desk.json";
import devices from "./devices.json";
import escalations from "./escalations.json";
import eyes from "./eyes.json";
import following from "./following.json";
import issue from "./issue.json";
import merit from "./merit.json";
import month from "./month.json";
import office from "./office.json";
import phone from "./phone.json";
import queue from "./queue.json";
import review from "./review.json";
import rules from "./rules.json";
import shell from "./shell.json";
import supervision from "./supervision.json";

export default { ...codes, ...customers, ...desk, ...devices, ...escalations, ...eyes, ...following, ...issue, ...merit, ...month, ...office, ...phone, ...queue, ...review, ...rules, ...shell, ...supervision };
