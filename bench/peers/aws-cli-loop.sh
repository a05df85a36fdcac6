# The loop one would write in an afternoon over the AWS CLI: one call, and one process, a row.
set -eu
tail -n +2 "$1" | while IFS=, read -r opportunity type entity; do
  aws partnercentral-selling disassociate-opportunity --catalog Sandbox --opportunity-identifier "$opportunity" \
    --related-entity-type "$type" --related-entity-identifier "$entity" </dev/null
  echo "$opportunity,$type,$entity,disassociated" >>"$2"
done
