"""What the centre counts of itself, for Prometheus. No names of people, no words of reports."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

_REQUEST = (0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
_LATENESS = (1.0, 5.0, 15.0, 60.0, 300.0, 900.0, 3600.0)


class Metrics:
    """The numbers of one process."""

    def __init__(self) -> None:
        """Begin at nought, in a registry of its own."""
        self.registry = CollectorRegistry()
        of = self.registry
        self.received = Counter(
            "shouwen_events_received", "Device events gateways delivered.", ["site"], registry=of
        )
        self.stored = Counter("shouwen_events_stored", "Device events kept.", ["site"], registry=of)
        self.absorbed = Counter(
            "shouwen_events_absorbed", "Device events that were told before.", ["site"], registry=of
        )
        self.refused = Counter(
            "shouwen_events_refused", "Device events put into quarantine.", ["site"], registry=of
        )
        self.opened = Counter(
            "shouwen_reports_opened", "Reports that device events opened.", ["site"], registry=of
        )
        self.escalated = Counter(
            "shouwen_escalations_fired", "Steps of ladders that fired.", registry=of
        )
        self.late = Histogram(
            "shouwen_tick_lateness_seconds",
            "How long after its due moment the ticker came round.",
            buckets=_LATENESS,
            registry=of,
        )
        self.findings = Gauge(
            "shouwen_auditor_findings", "Ladders the auditor found standing.", registry=of
        )
        self.queue = Gauge(
            "shouwen_queue_reports", "Reports before the operators.", ["site"], registry=of
        )
        self.gateways_late = Gauge(
            "shouwen_gateways_late", "Gateways not heard in time.", ["site"], registry=of
        )
        self.stream_clients = Gauge(
            "shouwen_stream_clients", "Consoles that follow the stream.", registry=of
        )
        self.stream_dropped = Counter(
            "shouwen_stream_dropped", "Consoles dropped because they did not read.", registry=of
        )
        self.messages = Counter(
            "shouwen_messages",
            "Messages to telephones, by how they were taken.",
            ["outcome"],
            registry=of,
        )
        self.requests = Histogram(
            "shouwen_request_seconds",
            "How long requests took.",
            ["method", "route", "status"],
            buckets=_REQUEST,
            registry=of,
        )

    def text(self) -> bytes:
        """Return all numbers in Prometheus' text form."""
        return generate_latest(self.registry)
