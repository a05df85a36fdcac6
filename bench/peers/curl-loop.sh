# The loop one would write in an afternoon over curl, which can sign: one call, and one process, a row.
set -eu
tail -n +2 "$1" | while IFS=, read -r opportunity type entity; do
  curl --silent --fail --output /dev/null --aws-sigv4 "aws:amz:us-east-1:partnercentral-selling" \
    --user "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY" \
    --header 'content-type: application/x-amz-json-1.0' \
    --header 'x-amz-target: AWSPartnerCentralSelling.DisassociateOpportunity' \
    --data "{\"Catalog\":\"Sandbox\",\"OpportunityIdentifier\":\"$opportunity\",\"RelatedEntityType\":\"$type\",\"RelatedEntityIdentifier\":\"$entity\"}" \
    "$AWS_ENDPOINT_URL_PARTNERCENTRAL_SELLING/"
  echo "$opportunity,$type,$entity,disassociated" >>"$2"
done
