#!/bin/sh
# 用 curl 走一遍接口：查一查、查重、导入并看进度、热点、选题。密钥由管理员发（编辑的身份，读和写两项权限）。
#   XIANSUO_URL=http://127.0.0.1:8000 XIANSUO_KEY=xs_… sh curl.sh 导入.jsonl
set -eu
api="${XIANSUO_URL:-http://127.0.0.1:8000}/api/v1"
file="$1"

# The key goes in by standard input: what stands on a command line can be read by everybody on the machine.
ask() {
  printf 'header = "Authorization: Bearer %s"\n' "$XIANSUO_KEY" |
    curl --config - --silent --show-error --fail-with-body --noproxy '*' "$@"
  echo
}
json() { ask --header 'Content-Type: application/json' --data "$2" "$api$1"; }
first() { sed -n "s/.*\"$1\":\([0-9]*\).*/\1/p" | head -n 1; }

echo '== 我是谁'
ask "$api/me"

echo '== 导入一份文件，看到结束'
job=$(ask "$api/jobs/import" --form "files=@$file" | sed 's/,.*//' | first id)
ask --no-buffer "$api/jobs/$job/events"

echo '== 查一查'
ask --get "$api/lookup" --data-urlencode 'q=老年食堂亏损' --data limit=3

echo '== 查重'
json /check '{"title": "老年食堂亏损", "text": "社区老年食堂每天就餐不足三十人，补贴按面积发，承办企业亏损想退出。"}'

echo '== 热点'
ask "$api/topics?window=year&limit=5"

echo '== 提出选题、审定、发布'
json /prompts '{"wish": "老年食堂", "limit": 3}'
number=$(ask "$api/prompts?state=proposed&limit=1" | sed 's/,.*//' | first number)
ask --header "Idempotency-Key: approve-$number" --request POST "$api/prompts/$number/approve"
json "/prompts/$number/publish" '{"deadline": "2027-01-31"}'
