// Reads every partition of an event hub from its oldest event, prints each event as a line that
// tests/clients/event-readers.ts describes, and ends after COUNT events.
//
//	every_event CONNECTION GROUP COUNT
package main

import (
	"bufio"
	"context"
	"encoding/base64"
	"fmt"
	"log"
	"os"
	"sort"
	"strconv"
	"strings"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/messaging/azeventhubs/v2"
)

const patience = 60 * time.Second

func main() {
	if err := read(os.Args[1], os.Args[2], os.Args[3]); err != nil {
		log.Fatal(err)
	}
}

func read(connection, group, wanted string) error {
	count, err := strconv.Atoi(wanted)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	client, err := azeventhubs.NewConsumerClientFromConnectionString(connection, "", group, nil)
	if err != nil {
		return err
	}
	defer client.Close(context.Background())
	hub, err := client.GetEventHubProperties(ctx, nil)
	if err != nil {
		return err
	}
	lines := make(chan string)
	failures := make(chan error, len(hub.PartitionIDs))
	for _, id := range hub.PartitionIDs {
		go func() { failures <- readPartition(ctx, client, id, lines) }()
	}
	output := bufio.NewWriter(os.Stdout)
	defer output.Flush()
	for ; count > 0; count-- {
		select {
		case line := <-lines:
			output.WriteString(line)
		case err := <-failures:
			return err
		case <-time.After(patience):
			return fmt.Errorf("%d events are missing after %s without any", count, patience)
		}
	}
	return nil
}

// Sends the lines of a partition until ctx is cancelled.
func readPartition(ctx context.Context, client *azeventhubs.ConsumerClient, id string, lines chan<- string) error {
	earliest := true
	partition, err := client.NewPartitionClient(id, &azeventhubs.PartitionClientOptions{
		StartPosition: azeventhubs.StartPosition{Earliest: &earliest},
	})
	if err != nil {
		return err
	}
	defer partition.Close(context.Background())
	for {
		// ReceiveEvents waits until it has as many as it was asked for, or its time is over.
		brief, done := context.WithTimeout(ctx, 200*time.Millisecond)
		events, err := partition.ReceiveEvents(brief, 500, nil)
		done()
		if ctx.Err() != nil {
			return nil
		}
		if err != nil && brief.Err() == nil {
			return err
		}
		for _, event := range events {
			select {
			case lines <- line(id, event):
			case <-ctx.Done():
				return nil
			}
		}
	}
}

func line(partition string, event *azeventhubs.ReceivedEventData) string {
	properties := make([]string, 0, len(event.Properties))
	for name, value := range event.Properties {
		properties = append(properties, fmt.Sprintf("%s=%v", name, value))
	}
	sort.Strings(properties)
	return strings.Join([]string{
		partition,
		strconv.FormatInt(event.SequenceNumber, 10),
		text(event.PartitionKey),
		text(event.ContentType),
		strings.Join(properties, ";"),
		base64.StdEncoding.EncodeToString(event.Body),
	}, "\t") + "\n"
}

func text(value *string) string {
	if value == nil {
		return ""
	}
	return *value
}
