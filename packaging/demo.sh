#!/bin/sh
# Writes one real article about the invented company of `resources/samples` into `demo/`, or into
# the folder that is named.
set -eu
folder=${1:-demo}
cd "$(dirname "$0")/.."

# The demo has a data folder and settings of its own, whatever the user's are.
for name in $(env | sed -n 's/^\(MARKETER_[A-Z_]*\)=.*/\1/p'); do
    unset "$name"
done
rm -f "$folder/article.md" "$folder/article.html" "$folder/report.json"

.venv/bin/marketer generate \
    --type blog \
    --topic "Better office coffee with less packaging waste" \
    --keyword "office coffee" \
    --keyword "packaging waste" \
    --audience "office managers" \
    --tone "warm and plain" \
    --words 600 \
    --doc resources/samples/brand-guidelines.pdf \
    --doc resources/samples/product-facts.docx \
    --doc resources/samples/customer-stories.md \
    --model starter \
    --data-dir "$folder/data" \
    --out "$folder"

echo
echo "The article:    $folder/article.md"
echo "As a web page:  $folder/article.html"
echo "The report:     $folder/report.json (brief, steps, checks, sources)"
