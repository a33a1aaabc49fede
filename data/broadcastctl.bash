# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
#
# Completion of broadcastctl for bash.

_broadcastctl_options ()
{
  local connection='--profile --host --port --http-host --http-port --tls --accept-any-certificate
    --path --cluster --app-id --key --secret-file --connect-timeout --ca-file --master-key-file
    --auth-endpoint --user-auth-endpoint --auth-header --auth-file'

  case $1 in
    serve) echo '--port --any-port --host --app-id --key --secret-file --secret-place --show-secret
      --master-key-file --user-id --user-info --activity-timeout --no-subscription-counts --config
      --log --log-kinds --log-channel --metrics --fault --tls-cert --tls-key --save-certificate
      --tls-only --json' ;;
    trigger) echo "--to-user --batch --event --data --text --exclude --info --json $connection" ;;
    subscribe) echo "--count --timeout --user-id --user-info --sign-in --watch --json $connection" ;;
    channels) echo "--prefix --info --json $connection" ;;
    users | terminate) echo "--json $connection" ;;
    sign) echo "--user-id --user-info --channel-data --user-data --query --body --timestamp --json
      $connection" ;;
    history) echo '--profile --limit --json' ;;
    profiles) echo "--secret-place --with-history --json $connection" ;;
    demo) echo '--json' ;;
    *) return ;;
  esac
  echo --help
}

_broadcastctl ()
{
  local word=$2 before=$3 command=${COMP_WORDS[1]}
  local commands='serve trigger subscribe channels users terminate sign history profiles demo'
  local words=''

  if [[ $COMP_CWORD -eq 1 ]]; then
    words="$commands help --help --version"
  elif [[ $command == help ]]; then
    words=$commands
  else
    case $before in
      --secret-file | --ca-file | --master-key-file | --auth-file | --batch | --config | --tls-cert \
        | --tls-key | --save-certificate)
        compopt -o filenames 2>/dev/null
        mapfile -t COMPREPLY < <(compgen -f -- "$word")
        return
        ;;
      --secret-place) words='keyring file session' ;;
      --log) words='text json' ;;
      --fault) words='close= reject= refuse-handshake no-pong delay= duplicate reorder drop api=
        authorize-delay= authorize-refuse error= clock=' ;;
      --info) words='user_count subscription_count user_count,subscription_count' ;;
      profiles) words='list add remove' ;;
      sign) words='private presence user request' ;;
    esac
    if [[ $word == -* ]]; then
      words=$(_broadcastctl_options "$command")
    fi
  fi
  mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word")
}

complete -F _broadcastctl broadcastctl
