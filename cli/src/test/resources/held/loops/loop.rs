// The standard library's connect with a time limit is a nonblocking one.
use std::io::{Read, Write};
use std::net::{TcpStream, ToSocketAddrs};
use std::{thread, time::Duration};

fn get() -> std::io::Result<String> {
    let mut last = None;
    for address in "deploy.example:80".to_socket_addrs()? {
        match TcpStream::connect_timeout(&address, Duration::from_secs(60)) {
            Ok(mut stream) => {
                stream.write_all(b"GET / HTTP/1.0\r\nHost: deploy.example\r\n\r\n")?;
                let mut answer = String::new();
                stream.read_to_string(&mut answer)?;
                return Ok(answer);
            }
            Err(e) => last = Some(e),
        }
    }
    Err(last.unwrap())
}

fn main() {
    thread::spawn(|| loop {
        println!("tick");
        thread::sleep(Duration::from_millis(100));
    });
    match get() {
        Ok(answer) if answer.is_empty() => println!("failed: closed without an answer"),
        Ok(answer) => println!(
            "{} {}",
            answer.split(' ').nth(1).unwrap_or("?"),
            answer.lines().last().unwrap_or("")
        ),
        Err(e) => println!("failed {e}"),
    }
}
