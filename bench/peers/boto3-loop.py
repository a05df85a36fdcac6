"""The loop one would write in an afternoon over boto3: one call at a time."""

import csv
import resource
import sys

import boto3

client = boto3.client("partnercentral-selling", region_name="us-east-1")
with open(sys.argv[1], newline="") as rows, open(sys.argv[2], "w", newline="") as results:
    writer = csv.writer(results)
    for row in csv.DictReader(rows):
        answer = client.disassociate_opportunity(
            Catalog="Sandbox",
            OpportunityIdentifier=row["OpportunityIdentifier"],
            RelatedEntityType=row["RelatedEntityType"],
            RelatedEntityIdentifier=row["RelatedEntityIdentifier"],
        )
        writer.writerow([*row.values(), "disassociated", answer["ResponseMetadata"]["RequestId"]])
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
