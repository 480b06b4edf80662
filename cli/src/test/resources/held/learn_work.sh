# What an agent does in the world of learn_world.py, the same each time.
# git asks for the name of the machine where nobody says who it is for.
export GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@example.com
rm -rf clone
curl -s http://FILES.example/note
curl -s http://files.example:8080/note
curl -s http://alias.example/note
curl -s http://203.0.113.61/note
curl -sk https://api.example/ || echo "tls $?"
getent hosts only.example >/dev/null && echo looked
exec 3<>/dev/tcp/203.0.113.9/7000 && read -r line <&3 && echo "$line"
python3 -c 'import urllib.request as u; print(u.urlopen("http://files.example/note").read().decode(), end="")'
git clone -q http://files.example/repo.git clone && cat clone/file
curl -sm 5 http://inside.example/ || echo "inside $?"
curl -sm 5 http://10.77.0.1:8080/ || echo "private $?"
curl -sm 5 http://dns.google/ || echo "boundary $?"
exit 7
