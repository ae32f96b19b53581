import com.azure.messaging.eventhubs.EventData;
import com.azure.messaging.eventhubs.EventHubClientBuilder;
import com.azure.messaging.eventhubs.EventHubConsumerAsyncClient;
import com.azure.messaging.eventhubs.models.EventPosition;
import com.azure.messaging.eventhubs.models.PartitionEvent;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Reads every partition of an event hub from its oldest event, prints each event as a line that
 * tests/clients/event-readers.ts describes, and ends after COUNT events.
 *
 * <p>EveryEvent.java CONNECTION GROUP COUNT
 */
public final class EveryEvent {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    public static void main(String[] arguments) {
        long count = Long.parseLong(arguments[2]);
        PrintStream lines = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        try (EventHubConsumerAsyncClient client = new EventHubClientBuilder()
                .connectionString(arguments[0])
                .consumerGroup(arguments[1])
                .buildAsyncConsumerClient()) {
            // merge keeps the order of each partition, and calls its subscriber by one thread at a time.
            client.getPartitionIds()
                    .flatMap(id -> client.receiveFromPartition(id, EventPosition.earliest()), 1_000)
                    .take(count)
                    .timeout(PATIENCE)
                    .doOnNext(event -> lines.println(line(event)))
                    .blockLast();
        } finally {
            lines.flush();
        }
    }

    private static String line(PartitionEvent received) {
        EventData event = received.getData();
        String properties = new TreeMap<>(event.getProperties()).entrySet().stream()
                .map(property -> property.getKey() + "=" + property.getValue())
                .collect(Collectors.joining(";"));
        return String.join("\t",
                received.getPartitionContext().getPartitionId(),
                String.valueOf(event.getSequenceNumber()),
                event.getPartitionKey(),
                event.getContentType(),
                properties,
                Base64.getEncoder().encodeToString(event.getBody()));
    }
}
