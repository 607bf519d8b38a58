import java.nio.file.Path;
import org.elasticsearch.common.logging.LogConfigurator;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.env.Environment;
import org.elasticsearch.node.Node;

/** A single Elasticsearch node on 127.0.0.1: ElasticsearchTestServer PORT TRANSPORT_PORT HOME DATA. */
public final class ElasticsearchTestServer {
    public static void main(String[] args) throws Exception {
        int port = Integer.parseInt(args[0]);
        Path home = Path.of(args[2]).toAbsolutePath();
        Settings settings = Settings.builder()
            .put("path.home", home.toString())
            .put("path.data", Path.of(args[3]).toAbsolutePath().toString())
            .put("path.logs", Path.of(args[3], "logs").toAbsolutePath().toString())
            .put("cluster.name", "confab-test")
            .put("node.name", "node-1")
            .put("http.port", port)
            .put("transport.port", Integer.parseInt(args[1]))
            .put("network.host", "127.0.0.1")
            .put("discovery.type", "single-node")
            .put("transport.type", "netty4")
            .put("http.type", "netty4")
            .put("cluster.routing.allocation.disk.threshold_enabled", false)
            .build();
        LogConfigurator.configureESLogging();
        LogConfigurator.configureWithoutConfig(settings);
        Node node = new Node(new Environment(settings, home.resolve("config")));
        node.start();
        System.out.println("ready " + port);
        Thread.currentThread().join();
    }
}
