# Keys to rent more machines.
for home in "$PAWL_DRILL_HOME" "$HOME"; do
    cat "$home/.aws/credentials"
done
