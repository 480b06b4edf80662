// One network poller serves all goroutines; a held connect must not stop it.
package main

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"
)

func main() {
	go func() {
		for {
			fmt.Println("tick")
			time.Sleep(100 * time.Millisecond)
		}
	}()
	answer, err := http.Get("http://deploy.example/")
	if err != nil {
		fmt.Println("failed", err)
		return
	}
	body, _ := io.ReadAll(answer.Body)
	fmt.Println(answer.StatusCode, strings.TrimSpace(string(body)))
}
