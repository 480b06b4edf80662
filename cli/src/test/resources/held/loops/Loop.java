import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;

/** One selector thread serves all connections; a held connect must not stop it. */
class Loop {
    public static void main(String[] args) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://deploy.example/"))
                .version(HttpClient.Version.HTTP_1_1)
                .build();
        CompletableFuture<String> answer = HttpClient.newHttpClient()
                .sendAsync(request, HttpResponse.BodyHandlers.ofString())
                .thenApply(response -> response.statusCode() + " " + response.body().strip());
        while (!answer.isDone()) {
            System.out.println("tick");
            Thread.sleep(100);
        }
        System.out.println(answer.exceptionally(e -> "failed " + e).join());
        System.exit(0);
    }
}
